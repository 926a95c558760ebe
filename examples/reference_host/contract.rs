//! What the component promises to host pages, read from where it is kept: tokens from the style
//! sheet, parts from the view, options and events from README. So the gallery cannot fall behind.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../style/tokens.css");
const PARTS: &str = include_str!("../../src/view/part.rs");
const README: &str = include_str!("../../README.md");

/// A custom property that hosts may set.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Its name, without `--nf-`.
    pub name: String,
    /// What it is for.
    pub meaning: String,
    /// What it must keep, and against which tokens: `4.5`, `["surface", "ground"]`.
    pub contrast: Option<(f64, Vec<String>)>,
    /// What a light form takes where the host sets nothing.
    pub light: String,
    /// The same of a dark form.
    pub dark: String,
}

/// All tokens, in the order of the style sheet.
pub fn tokens() -> Vec<Token> {
    let (light, rest) = TOKENS.split_once(":host([theme=\"dark\"])").unwrap_or((TOKENS, ""));
    let dark = declared(rest.split_once("\n}").unwrap_or_default().0);
    let of_light = declared(light.split_once("color-scheme: light;").unwrap_or_default().1);
    let token = |(name, comment, value): (String, String, String)| {
        let (meaning, contrast) = match comment.split_once(" Contrast: ") {
            Some((meaning, demand)) => (meaning.to_owned(), demanded(demand)),
            None => (comment, None),
        };
        let dark = dark.iter().find(|(other, ..)| *other == name);
        let dark = dark.map_or_else(|| value.clone(), |(.., value)| value.clone());
        Token { name, meaning, contrast, light: value, dark }
    };
    of_light.into_iter().map(token).collect()
}

/// What the tokens come to where a host sets some of them; those that follow others have their values.
pub fn values(dark: bool, set: &[(String, String)]) -> BTreeMap<String, String> {
    let given = |token: &Token| {
        let host =
            set.iter().rfind(|(name, _)| *name == token.name).map(|(_, value)| value.clone());
        host.unwrap_or_else(|| if dark { &token.dark } else { &token.light }.clone())
    };
    let all: BTreeMap<_, _> = tokens().iter().map(|t| (t.name.clone(), given(t))).collect();
    let followed = |value: &String| {
        let mut value = value;
        while let Some(other) = value.strip_prefix("var(--nf-").and_then(|it| it.strip_suffix(')'))
        {
            let Some(next) = all.get(other) else { break };
            value = next;
        }
        value.clone()
    };
    all.iter().map(|(name, value)| (name.clone(), followed(value))).collect()
}

/// Each `--x: var(--nf-name, value)` of a piece of CSS, with the comment before it.
fn declared(css: &str) -> Vec<(String, String, String)> {
    // Comments have semicolons too, but none behind a bracket.
    let statements = css.split_inclusive(");").filter_map(|statement| {
        let (before, declaration) = statement.rsplit_once("*/").unwrap_or(("", statement));
        let comment = before.rsplit_once("/*").map_or("", |(_, comment)| comment);
        let (_, named) = declaration.split_once("--nf-")?;
        let (name, value) = named.split_once(',')?;
        let value = value.trim().strip_suffix(';')?.trim_end().strip_suffix(')')?;
        // Another token of ours is another token of the host's.
        let value = one_line(value).replace("var(--", "var(--nf-");
        Some((name.to_owned(), one_line(comment), value))
    });
    statements.collect()
}

/// `4.5:1 on --nf-surface, --nf-ground`
fn demanded(words: &str) -> Option<(f64, Vec<String>)> {
    let (ratio, grounds) = words.split_once(":1 on ")?;
    let names = grounds.split(", ").filter_map(|name| name.strip_prefix("--nf-"));
    Some((ratio.parse().ok()?, names.map(str::to_owned).collect()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts, each with what it is; the whole comes first.
pub fn parts() -> Vec<(String, String)> {
    let whole = ("form".to_owned(), "everything that the element shows".to_owned());
    let listed = PARTS.lines().filter_map(|line| {
        let (pair, meaning) = line.trim().strip_prefix("(\"")?.split_once("\"),")?;
        let (_, part) = pair.split_once("\", \"")?;
        Some((part.to_owned(), meaning.trim().trim_start_matches("// ").to_owned()))
    });
    std::iter::once(whole).chain(listed).collect()
}

/// The rows of the table of README whose head begins with `head`: names, and the cells behind them.
pub fn table(head: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let start = format!("| {head} ");
    let rows = README.lines().skip_while(|line| !line.starts_with(&start)).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|')).map(|line| {
        let mut cells = line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned());
        let first = cells.next().unwrap_or_default();
        let names = first.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        (names, cells.collect())
    });
    rows.collect()
}
