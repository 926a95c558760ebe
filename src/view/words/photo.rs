//! What is said of a photo, point by point.

use crate::campaign::PhotoSettings;
use crate::rules::asked_ratios;
use crate::session::{Mark, Point};
use crate::words::{Words, key, say};

impl Words {
    /// The heading over what is asked of a photo.
    pub fn photo_asked(&self, marks: &[Mark]) -> &str {
        let look = |mark: &Mark| matches!(mark, Mark::Unseen | Mark::Doubtful | Mark::Wrong);
        self.word(if marks.contains(&Mark::Open) {
            key!("photo_asked")
        } else if marks.iter().any(look) {
            key!("photo_asked_look")
        } else {
            key!("photo_asked_met")
        })
    }

    /// How a photo stands to a point: for host scripts, and in words.
    pub fn photo_mark(&self, mark: Mark) -> (&'static str, &str) {
        let (name, key) = match mark {
            Mark::Free => return ("free", ""),
            Mark::Open => return ("open", ""),
            Mark::Unseen => ("unseen", key!("photo_unseen")),
            Mark::Fits => ("fits", key!("photo_fits")),
            Mark::Doubtful => ("doubtful", key!("photo_doubtful")),
            Mark::Wrong => ("wrong", key!("photo_wrong")),
        };
        (name, self.word(key))
    }

    /// What no machine sees in a photo.
    pub fn photo_yourself(&self, words: &str) -> String {
        say!(self, "photo_yourself", words = words)
    }

    /// What is asked of a photo in a point, after what was found.
    pub fn photo_point(
        &self,
        point: Point,
        asked: &PhotoSettings,
        found: Option<&String>,
    ) -> String {
        let name = self.word(match point {
            Point::Format => key!("photo_format"),
            Point::Bytes => key!("photo_bytes"),
            Point::Ratio => key!("photo_ratio"),
            Point::Pixels => key!("photo_pixels"),
            Point::Background => key!("photo_background"),
            Point::Colour => key!("photo_colour"),
        });
        let mut words = self.photo_bounds(point, asked);
        if let Some(found) = found {
            words = say!(self, "photo_found", found = found, asked = words);
        }
        self.pair(name, &words)
    }

    fn photo_bounds(&self, point: Point, asked: &PhotoSettings) -> String {
        let or = self.word(key!("or"));
        match point {
            Point::Format => asked.formats.join(or).to_ascii_uppercase(),
            Point::Bytes => {
                let least = (asked.min_bytes > 0).then(|| self.megabytes(asked.min_bytes));
                self.within(least, Some(self.megabytes(asked.max_bytes)))
            }
            Point::Ratio => asked_ratios(asked).join(or),
            Point::Pixels => {
                let most = [asked.max_width, asked.max_height].map(Option::unwrap_or_default);
                let bounds = || {
                    self.within(self.sides([asked.min_width, asked.min_height]), self.sides(most))
                };
                asked.exact.and_then(|exact| self.sides(exact)).unwrap_or_else(bounds)
            }
            Point::Background => {
                let grounds = asked.background.0.iter().filter_map(|name| self.ground(name));
                grounds.collect::<Vec<_>>().join(or)
            }
            Point::Colour => self.word(key!("photo_in_colour")).to_owned(),
        }
    }

    /// Bounds, as far as there are any.
    fn within(&self, least: Option<String>, most: Option<String>) -> String {
        let key = match (&least, &most) {
            (Some(_), Some(_)) => key!("photo_between"),
            (Some(_), None) => key!("photo_least"),
            (None, Some(_)) => key!("photo_most"),
            (None, None) => return String::new(),
        };
        let [least, most] = [least, most].map(Option::unwrap_or_default);
        self.say(key, "least most ", &[&least, &most])
    }

    /// Width and height; nothing where neither is bound.
    fn sides(&self, [width, height]: [u32; 2]) -> Option<String> {
        let side = |side: u32| match side {
            0 => self.word(key!("photo_any")).to_owned(),
            _ => side.to_string(),
        };
        (width.max(height) > 0).then(|| format!("{}×{}", side(width), side(height)))
    }
}
