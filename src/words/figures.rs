//! Figures, dates and lists as people read them.
//!
//! In a sentence `{months:years}` gives 9年11个月 for 119, `{reference:month}` 2022年8月,
//! `{first:span}` the months from `first` to `last`. Campaign files use the same for words of their own.

use serde_json::{Map, Value};

use super::{Key, Words, fill::filled, key, say};

impl Words {
    /// Puts a finding's parameters, and what it is about, into a sentence.
    pub(crate) fn fill(&self, template: &str, label: &str, params: &Map<String, Value>) -> String {
        filled(template, false, &|spec| {
            if spec == "label" {
                return Some(label.to_owned());
            }
            let (name, style) = spec.split_once(':').unwrap_or((spec, ""));
            let value = params.get(name)?;
            self.styled(value, style, params).or_else(|| plain(value))
        })
    }

    /// A value in the way a template asks for it.
    fn styled(&self, value: &Value, style: &str, params: &Map<String, Value>) -> Option<String> {
        match style {
            "years" => Some(self.service(value.as_u64()?)),
            "month" => self.month(value.as_str()?),
            "day" => self.day(value.as_str()?),
            "span" => self.span(value.as_str()?, params.get("last")?.as_str()?),
            "count" => Some(thousands(value.as_u64()?)),
            "megabytes" => Some(self.megabytes(value.as_u64()?)),
            "list" => Some(self.list(key!("list_or"), &words(value)?, false)),
            "and" => Some(self.list(key!("list_and"), &words(value)?, false)),
            "format" => Some(self.format(value.as_str()?)),
            "formats" => {
                let names: Vec<_> = words(value)?.iter().map(|name| self.format(name)).collect();
                let names: Vec<_> = names.iter().map(String::as_str).collect();
                let names = self.list(key!("list_or"), &names, true);
                let known = |spec: &str| (spec == "formats").then(|| names.clone());
                Some(filled(self.word(key!("formats")), true, &known))
            }
            "ground" => {
                let one = value.as_str().map(|name| vec![name]);
                let names = one.or_else(|| words(value))?;
                let names: Vec<_> = names.into_iter().map(|name| self.colour(name)).collect();
                Some(self.list(key!("list_or"), &names, false))
            }
            "duration" => Some(self.duration(value.as_u64()?)),
            _ => None,
        }
    }

    /// Months as years and months.
    pub fn service(&self, months: u64) -> String {
        let (years, months) = (months / 12, months % 12);
        let keys = [key!("years"), key!("months"), key!("years_months")];
        self.two(keys, "years months ", years, months)
    }

    fn duration(&self, seconds: u64) -> String {
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        let keys = [key!("minutes"), key!("seconds"), key!("minutes_seconds")];
        self.two(keys, "minutes seconds ", minutes, seconds)
    }

    /// A figure of two units, the second left out where it is 0, the first likewise.
    fn two(&self, [great, small, both]: [Key; 3], names: &str, greats: u64, smalls: u64) -> String {
        let key = match (greats, smalls) {
            (0, _) => small,
            (_, 0) => great,
            _ => both,
        };
        self.say(key, names, &[&greats, &smalls])
    }

    /// A file's size in MB of a million bytes, to one place; below that in KB or bytes.
    pub(crate) fn megabytes(&self, bytes: u64) -> String {
        let (unit, key) = match bytes {
            0..=999 => return say!(self, "bytes", bytes = bytes),
            1_000..=999_999 => (1_000, key!("kilobytes")),
            _ => (1_000_000, key!("megabytes")),
        };
        let size = match (bytes / unit, bytes % unit * 10 / unit) {
            (whole, 0) => whole.to_string(),
            (whole, tenths) => format!("{whole}.{tenths}"),
        };
        self.say(key, "size ", &[&size])
    }

    fn month(&self, date: &str) -> Option<String> {
        match parts(date)?.as_slice() {
            [year, month, ..] => Some(say!(self, "date_month", year = year, month = month)),
            _ => None,
        }
    }

    fn day(&self, date: &str) -> Option<String> {
        match parts(date)?.as_slice() {
            [year, month, day] => {
                Some(say!(self, "date_day", year = year, month = month, day = day))
            }
            _ => None,
        }
    }

    fn span(&self, first: &str, last: &str) -> Option<String> {
        let from = self.month(first)?;
        match (parts(first)?.as_slice(), parts(last)?.as_slice()) {
            (first, last) if first == last => Some(from),
            ([year, first, ..], [same, last, ..]) if year == same => {
                Some(say!(self, "date_span_year", year = year, first = first, last = last))
            }
            _ => {
                let to = self.month(last)?;
                Some(say!(self, "date_span", from = from, to = to))
            }
        }
    }

    /// 优秀、称职或合格: the last one is joined as the text of `key` says.
    fn list(&self, key: Key, words: &[&str], apart: bool) -> String {
        let (last, first) = match words {
            [] => return String::new(),
            [one] => return (*one).to_owned(),
            [first @ .., last] => (last, first.join(self.word(key!("join")))),
        };
        filled(self.word(key), apart, &|spec| match spec {
            "first" => Some(first.clone()),
            "last" => Some((*last).to_owned()),
            _ => None,
        })
    }

    fn colour<'a>(&'a self, name: &'a str) -> &'a str {
        match name {
            "blue" => self.word(key!("blue")),
            "red" => self.word(key!("red")),
            "white" => self.word(key!("white")),
            other => other,
        }
    }

    fn format(&self, name: &str) -> String {
        match name {
            "jpeg" => "JPG".to_owned(),
            "docx" | "doc" => say!(self, "format_word", ending = name),
            "xlsx" | "xls" => "Excel".to_owned(),
            "pptx" | "ppt" => "PowerPoint".to_owned(),
            "webp" => "WebP".to_owned(),
            "html" => self.word(key!("format_html")).to_owned(),
            "text" => self.word(key!("format_text")).to_owned(),
            "png" | "pdf" | "ofd" | "gif" | "bmp" | "tiff" | "heic" | "mp4" | "m4a" | "wav"
            | "mp3" | "wps" | "avif" | "rtf" | "xml" => name.to_ascii_uppercase(),
            other => other.to_owned(),
        }
    }
}

fn words(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Value::as_str).collect()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn parts(date: &str) -> Option<Vec<u32>> {
    date.split('-').map(|part| part.parse().ok()).collect()
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(template: &str, params: &Value, zh: &str, en: &str) {
        let params = params.as_object().unwrap();
        assert_eq!(Words::base().fill(template, "简历", params), zh);
        let english = Words::of("en", &[include_str!("en.json")]);
        assert_eq!(english.fill(template, "简历", params), en);
    }

    #[test]
    fn a_template_takes_label_and_figures() {
        check("{label}+{over}", &json!({"over": 12}), "简历+12", "简历+12");
        check("{m:years}", &json!({"m": 119}), "9年11个月", "9 years and 11 months");
        check("{m:years}", &json!({"m": 120}), "10年", "10 years");
        check("{m:years}", &json!({"m": 12}), "1年", "1 year");
        check("{m:years}", &json!({"m": 0}), "0个月", "0 months");
        check("{s:duration}", &json!({"s": 65}), "1分5秒", "1 min 5 s");
        check("{s:duration}", &json!({"s": 60}), "1分钟", "1 minute");
        check("{at:month}", &json!({"at": "2022-08"}), "2022年8月", "August 2022");
        check("{at:day}", &json!({"at": "2022-08-05"}), "2022年8月5日", "5 August 2022");
        check("{n:count}", &json!({"n": 1_048_576}), "1,048,576", "1,048,576");
        check("{n:megabytes}", &json!({"n": 2_500_000}), "2.5MB", "2.5 MB");
    }

    #[test]
    fn lists_are_joined_as_the_language_does() {
        let grades = json!({"all": ["优秀", "称职", "合格"]});
        check("{all:list}", &grades, "优秀、称职或合格", "优秀, 称职 or 合格");
        check("{all:and}", &grades, "优秀、称职、合格", "优秀, 称职 and 合格");
        check("{all:list}", &json!({"all": ["a", "b"]}), "a或b", "a or b");
    }

    #[test]
    fn latin_names_of_formats_stand_apart_in_chinese() {
        let formats = json!({"taken": ["jpeg", "html", "doc"], "found": "webp"});
        check(
            "要求{taken:formats}，这是{found:format}图片",
            &formats,
            "要求 JPG、网页或 Word（doc）格式，这是 WebP 图片",
            "要求 JPG, web page or Word (doc)，这是 WebP 图片",
        );
        check("Use {taken:formats}.", &json!({"taken": ["pdf"]}), "Use PDF 格式.", "Use PDF.");
    }

    #[test]
    fn a_stretch_of_months_names_the_year_once() {
        let span = |first: &str, last: &str| json!({"first": first, "last": last});
        check("{first:span}", &span("2012-04", "2012-04"), "2012年4月", "April 2012");
        check("{first:span}", &span("2012-04", "2012-06"), "2012年4月至6月", "April to June 2012");
        check(
            "{first:span}",
            &span("2012-11", "2013-02"),
            "2012年11月至2013年2月",
            "November 2012 to February 2013",
        );
    }

    #[test]
    fn what_is_no_parameter_stays() {
        check("{nothing} {", &json!({}), "{nothing} {", "{nothing} {");
    }
}
