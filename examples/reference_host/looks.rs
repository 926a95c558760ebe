//! The looks a visitor can give the portal: three regions, each light and dark, and large type.
//!
//! A look is a style sheet, and another for the dark. What they set for the form are its documented
//! tokens alone: this is all that a portal does to have the form look like itself. Choices travel in
//! the address, so that they work without JavaScript and cookies.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::html::{Html, fill, text};

/// The look of a region.
#[derive(Debug)]
pub struct Look {
    /// Its name in addresses, and its sheets' names.
    pub name: &'static str,
    /// The campaign it is shown with where a visitor chooses none.
    campaign: &'static str,
    region: &'static str,
    /// What the portal is called.
    pub portal: &'static str,
    /// The sign before that name.
    pub mark: &'static str,
    light: &'static str,
    dark: &'static str,
}

static LOOKS: [Look; 3] = [
    Look {
        name: "shanghai",
        campaign: "sh2023",
        region: "上海",
        portal: "上海评选表彰申报平台",
        mark: "沪",
        light: include_str!("assets/looks/shanghai.css"),
        dark: include_str!("assets/looks/shanghai-dark.css"),
    },
    Look {
        name: "neimenggu",
        campaign: "nm2022",
        region: "内蒙古",
        portal: "内蒙古评选表彰申报平台",
        mark: "蒙",
        light: include_str!("assets/looks/neimenggu.css"),
        dark: include_str!("assets/looks/neimenggu-dark.css"),
    },
    Look {
        name: "jilin",
        campaign: "jl2023",
        region: "吉林",
        portal: "吉林评选表彰申报平台",
        mark: "吉",
        light: include_str!("assets/looks/jilin.css"),
        dark: include_str!("assets/looks/jilin-dark.css"),
    },
];

/// Whether pages are light or dark; the first is what they are unless a visitor chooses.
static THEMES: [(&str, &str); 3] = [("light", "浅色"), ("dark", "深色"), ("auto", "跟随设备")];

/// What was chosen of all this, as far as it was.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chosen {
    look: Option<&'static Look>,
    theme: Option<&'static str>,
    large: bool,
}

impl Chosen {
    /// What the address says. Words it cannot know count as not said.
    pub fn read(look: Option<&str>, theme: Option<&str>, size: Option<&str>) -> Self {
        let known = |wanted: &str| THEMES.iter().map(|(name, _)| *name).find(|n| *n == wanted);
        Self {
            look: look.and_then(|wanted| LOOKS.iter().find(|look| look.name == wanted)),
            theme: theme.and_then(known),
            large: size == Some("large"),
        }
    }

    /// The look to show a campaign in.
    pub fn look(self, campaign: &str) -> &'static Look {
        let its = LOOKS.iter().find(|look| look.campaign == campaign);
        self.look.or(its).unwrap_or(&LOOKS[0])
    }

    /// The class of pages in large type.
    pub fn size(self) -> Html {
        text(if self.large { "large" } else { "" })
    }

    /// The words of the link to pages in the other size of type, and the choice it stands for.
    pub fn other_size(self) -> (&'static str, Self) {
        (if self.large { "标准字号" } else { "大字版" }, Self { large: !self.large, ..self })
    }

    /// Links to the sheets of the look.
    pub fn sheets(self, look: &Look) -> Html {
        let light = r#"<link rel="stylesheet" href="/assets/looks/{{name}}.css">"#;
        let dark = match self.theme {
            Some("dark") => r#"<link rel="stylesheet" href="/assets/looks/{{name}}-dark.css">"#,
            Some("auto") => {
                r#"<link rel="stylesheet" href="/assets/looks/{{name}}-dark.css" media="(prefers-color-scheme: dark)">"#
            }
            _ => "",
        };
        let name = [("name", text(look.name))];
        [fill(light, &name), fill(dark, &name)].into_iter().collect()
    }

    /// What the form's element says of it.
    pub fn attributes(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let theme = self.theme.map(|name| ("theme", name));
        theme.into_iter().chain(self.large.then_some(("text-size", "large")))
    }

    /// The same on the form's script tag.
    pub fn options(self) -> Html {
        let option = |(name, value)| {
            let values = [("name", text(name)), ("value", text(value))];
            fill(r#" data-{{name}}="{{value}}""#, &values)
        };
        self.attributes().map(option).collect()
    }

    /// Links to the same page in the other looks.
    pub fn looks(self, shown: &Look, address: impl Fn(Self) -> String) -> Html {
        let link = |look: &'static Look| {
            let url = address(Self { look: Some(look), ..self });
            choice(look.region, &url, look.name == shown.name)
        };
        LOOKS.iter().map(link).collect()
    }

    /// Links to the same page lighter and darker.
    pub fn themes(self, address: impl Fn(Self) -> String) -> Html {
        let link = |(name, words): &(&'static str, &'static str)| {
            let url = address(Self { theme: Some(name), ..self });
            choice(words, &url, *name == self.theme.unwrap_or("light"))
        };
        THEMES.iter().map(link).collect()
    }

    /// The end of an address that keeps these choices, to be put behind other words of a query.
    pub fn query(self) -> String {
        let look = self.look.map(|look| format!("&look={}", look.name));
        let theme = self.theme.map(|theme| format!("&theme={theme}"));
        let size = self.large.then(|| "&size=large".to_owned());
        [look, theme, size].into_iter().flatten().collect()
    }
}

fn choice(words: &str, url: &str, chosen: bool) -> Html {
    let template = if chosen {
        r#"<li><a href="{{url}}" aria-current="true">{{words}}</a></li>"#
    } else {
        r#"<li><a href="{{url}}">{{words}}</a></li>"#
    };
    fill(template, &[("url", text(url)), ("words", text(words))])
}

/// `GET /assets/looks/<name>.css` and `<name>-dark.css`
pub async fn sheet(Path(file): Path<String>) -> Response {
    let sheet = file.strip_suffix(".css").and_then(|name| {
        let (name, dark) = name.strip_suffix("-dark").map_or((name, false), |name| (name, true));
        let look = LOOKS.iter().find(|look| look.name == name)?;
        Some(if dark { look.dark } else { look.light })
    });
    match sheet {
        Some(sheet) => super::css(sheet).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
