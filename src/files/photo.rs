//! The colour of the ground behind a person, and whether a picture is in colour at all.
//!
//! Only strips of the stored picture are looked at, at fixed points: the page reads the strips from
//! a canvas, a host from its decoder, and both look at the same pixels. The ground is seen at the
//! border where neither skin nor hair is: the upper fifth of both sides and the top edge.
//!
//! All sums are in whole numbers, so that no two machines round differently.

use serde::{Deserialize, Serialize};

/// Most pixels looked at in one region.
const MAX_POINTS: u64 = 20_000;
/// Lines across the picture that decide about colour.
const COLOUR_LINES: u32 = 24;

/// A rectangle of the stored picture, in pixels before any turning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Distance from the left edge.
    pub x: u32,
    /// Distance from the upper edge.
    pub y: u32,
    /// Width, at least 1.
    pub width: u32,
    /// Height, at least 1.
    pub height: u32,
}

/// A rectangle to read, and what it is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Which pixels to read.
    pub rect: Rect,
    /// Every how many pixels, both ways, one is looked at.
    step: u32,
    /// Whether it shows the ground behind the person. The others serve only to find colour.
    ground: bool,
}

impl Region {
    fn new(rect: Rect, ground: bool) -> Self {
        let Rect { width, height, .. } = rect;
        let points = |step: u32| {
            u64::from(width.div_ceil(step)).saturating_mul(u64::from(height.div_ceil(step)))
        };
        // One more than the root always suffices, but for strips of one pixel.
        let area = u64::from(width).saturating_mul(u64::from(height));
        let root = (area / MAX_POINTS).isqrt().saturating_add(1);
        let root = u32::try_from(root).unwrap_or(u32::MAX);
        let step = if points(root) <= MAX_POINTS {
            root
        } else {
            u32::try_from(area.div_ceil(MAX_POINTS)).unwrap_or(u32::MAX)
        };
        Self { rect, step, ground }
    }

    /// The points looked at, counted from the rectangle's own corner, line by line.
    pub fn points(&self) -> impl Iterator<Item = (u32, u32)> + use<> {
        let Self { rect, step, .. } = *self;
        let stride = usize::try_from(step).unwrap_or(usize::MAX);
        let across = (0..rect.width).step_by(stride);
        (0..rect.height).step_by(stride).flat_map(move |y| across.clone().map(move |x| (x, y)))
    }
}

/// Where to look in a picture of `raw_width` x `raw_height` stored pixels with the given EXIF
/// orientation: three regions of the ground, then the lines for colour. Empty for a picture
/// without pixels.
///
/// # Example
///
/// ```
/// use nomination_form::files::photo::{Rect, regions};
/// // Lying on its side (6): the top edge as the person sees it is the stored left edge.
/// let top = regions(1000, 700, 6)[2].rect;
/// assert_eq!(top, Rect { x: 0, y: 56, width: 50, height: 588 });
/// ```
pub fn regions(raw_width: u32, raw_height: u32, orientation: u8) -> Vec<Region> {
    if raw_width == 0 || raw_height == 0 {
        return Vec::new();
    }
    let swapped = matches!(orientation, 5..=8);
    let (width, height) = if swapped { (raw_height, raw_width) } else { (raw_width, raw_height) };
    let side = percent(width, 8);
    let depth = percent(height, 20);
    let between = width.saturating_sub(side.saturating_mul(2)).max(1);
    let upright = [
        Rect { x: 0, y: 0, width: side, height: depth },
        Rect { x: width.saturating_sub(side), y: 0, width: side, height: depth },
        Rect { x: side.min(width - 1), y: 0, width: between, height: percent(height, 5) },
    ];
    let ground = upright.map(|rect| Region::new(stored(rect, width, height, orientation), true));
    let lines = COLOUR_LINES.min(raw_height);
    let line = |index: u32| {
        let y = u64::from(raw_height) * (2 * u64::from(index) + 1) / (2 * u64::from(lines));
        let y = u32::try_from(y).unwrap_or(0);
        Region::new(Rect { x: 0, y, width: raw_width, height: 1 }, false)
    };
    ground.into_iter().chain((0..lines).map(line)).collect()
}

fn percent(whole: u32, share: u32) -> u32 {
    u32::try_from(u64::from(whole) * u64::from(share) / 100).unwrap_or(whole).max(1)
}

/// Turns a rectangle of the upright picture, `width` x `height`, back into stored pixels.
fn stored(rect: Rect, width: u32, height: u32, orientation: u8) -> Rect {
    let right = width.saturating_sub(rect.x.saturating_add(rect.width));
    let below = height.saturating_sub(rect.y.saturating_add(rect.height));
    let (x, y) = match orientation {
        2 => (right, rect.y),
        3 => (right, below),
        4 => (rect.x, below),
        5 => (rect.y, rect.x),
        6 => (rect.y, right),
        7 => (below, right),
        8 => (below, rect.x),
        _ => (rect.x, rect.y),
    };
    let swapped = matches!(orientation, 5..=8);
    let (width, height) =
        if swapped { (rect.height, rect.width) } else { (rect.width, rect.height) };
    Rect { x, y, width, height }
}

/// The colour of the ground: the one that at least 70 % of the border have.
///
/// Hue in degrees, saturation and value from 0 to 1, as in HSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Background {
    /// Hue 190 to 250, saturation and value at least 0.25.
    Blue,
    /// Hue 340 to 15, saturation at least 0.5 (skin is paler), value at least 0.25.
    Red,
    /// Saturation below 0.15, value at least 0.8.
    White,
    /// Saturation below 0.15, value from 0.25 to 0.8.
    Grey,
    /// Less than half opaque: somebody has cut the ground away.
    Transparent,
    /// None of these, such as green or black.
    Other,
    /// No colour has 70 %: a gradient, a room, a landscape.
    Mixed,
}

impl Background {
    /// The word for this ground in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::Red => "red",
            Self::White => "white",
            Self::Grey => "grey",
            Self::Transparent => "transparent",
            Self::Other => "other",
            Self::Mixed => "mixed",
        }
    }

    fn of_pixel([r, g, b, alpha]: [u8; 4]) -> Self {
        let [r, g, b] = [r, g, b].map(i32::from);
        let value = r.max(g).max(b);
        let chroma = value - r.min(g).min(b);
        if alpha < 128 {
            Self::Transparent
        } else if value < 64 {
            Self::Other
        } else if chroma * 100 < value * 15 {
            if value >= 204 { Self::White } else { Self::Grey }
        } else if value == b
            && chroma * 4 >= value
            && (-5 * chroma..=chroma).contains(&(6 * (r - g)))
        {
            // Where blue is strongest the hue is 240 + 60 (r - g) / chroma.
            Self::Blue
        } else if value == r
            && chroma * 2 >= value
            && 3 * (g - b) >= -chroma
            && 4 * (g - b) <= chroma
        {
            // Where red is strongest the hue is 60 (g - b) / chroma.
            Self::Red
        } else {
            Self::Other
        }
    }
}

/// What the pixels of a picture say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The ground behind the person.
    pub background: Background,
    /// Whether at least 1 % of the pixels are plainly coloured; a grey picture that is stored in
    /// colour is not.
    pub colour: bool,
}

/// Counts the pixels of the regions as they are read.
///
/// # Example: a host with a decoded picture
///
/// ```
/// use nomination_form::files::photo::{Background, Tally, regions};
/// let mut tally = Tally::default();
/// for region in regions(413, 579, 1) {
///     let pixels = (region.rect.width * region.rect.height) as usize;
///     tally.add(&region, &[0x43, 0x8E, 0xDB, 0xFF].repeat(pixels));
/// }
/// let look = tally.look();
/// assert_eq!(look.background, Background::Blue);
/// assert!(look.colour);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tally {
    ground: Vec<(Background, u64)>,
    points: u64,
    coloured: u64,
}

impl Tally {
    /// Counts a region from the RGBA bytes of its rectangle, line by line (what `getImageData`
    /// gives). Points beyond the end of `rgba` are left out.
    pub fn add(&mut self, region: &Region, rgba: &[u8]) {
        let (pixels, _) = rgba.as_chunks::<4>();
        let width = u64::from(region.rect.width);
        self.add_points(region, |x, y| {
            let at = u64::from(y).saturating_mul(width).saturating_add(u64::from(x));
            pixels.get(usize::try_from(at).ok()?).copied()
        });
    }

    /// Counts a region, asking for each pixel (red, green, blue, alpha) by its place in the
    /// region's rectangle. Pixels that are `None` are left out.
    pub fn add_points(&mut self, region: &Region, pixel: impl Fn(u32, u32) -> Option<[u8; 4]>) {
        for pixel in region.points().filter_map(|(x, y)| pixel(x, y)) {
            if region.ground {
                self.note_ground(Background::of_pixel(pixel));
            } else {
                self.note_colour(pixel);
            }
        }
    }

    /// What was found. Nothing counted at all is a mixed ground without colour.
    pub fn look(&self) -> Look {
        let all = self.ground.iter().map(|(_, count)| count).sum::<u64>();
        let most = self.ground.iter().find(|(_, count)| count * 10 >= all * 7);
        Look {
            background: most.map_or(Background::Mixed, |(background, _)| *background),
            colour: self.points > 0 && self.coloured * 100 >= self.points,
        }
    }

    fn note_ground(&mut self, found: Background) {
        match self.ground.iter_mut().find(|(known, _)| *known == found) {
            Some((_, count)) => *count += 1,
            None => self.ground.push((found, 1)),
        }
    }

    /// A scanner tints grey by a few steps of 255; 24 is beyond any tint seen.
    fn note_colour(&mut self, [r, g, b, alpha]: [u8; 4]) {
        if alpha >= 128 {
            self.points += 1;
            self.coloured += u64::from(r.max(g).max(b) - r.min(g).min(b) >= 24);
        }
    }
}

/// Looks at a picture that can be asked for any stored pixel (red, green, blue, alpha).
///
/// # Example
///
/// ```
/// use nomination_form::files::photo::{Background, look};
/// let grey = look(413, 579, 1, |x, _| [(x % 256) as u8; 3].map(|v| v / 8 + 200));
/// assert_eq!(grey.background, Background::White);
/// assert!(!grey.colour);
/// ```
pub fn look(
    raw_width: u32,
    raw_height: u32,
    orientation: u8,
    pixel: impl Fn(u32, u32) -> [u8; 3],
) -> Look {
    let mut tally = Tally::default();
    for region in regions(raw_width, raw_height, orientation) {
        tally.add_points(&region, |x, y| {
            let [r, g, b] = pixel(region.rect.x.saturating_add(x), region.rect.y.saturating_add(y));
            Some([r, g, b, 255])
        });
    }
    tally.look()
}

#[cfg(test)]
mod tests;
