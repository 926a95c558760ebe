//! What comes along when a text is copied from Word, WPS, a PDF or a web page, and is no part of it.

/// The text without that litter: line ends of other systems and Word's own, several empty lines in a row, spaces at
/// the ends of lines and those that only look like spaces, characters that show nothing. Nothing that a person can see is
/// taken away.
///
/// ```
/// use nomination_form::session::tidy;
/// assert_eq!(tidy("一、概况\r\n\r\n\r\n\u{a0}\u{a0}她在社区\u{200b}工作\u{b}十年。  \r\n"), "一、概况\n\n  她在社区工作\n十年。");
/// ```
pub fn tidy(pasted: &str) -> String {
    let unified = pasted.replace("\r\n", "\n");
    let mut plain = String::with_capacity(unified.len());
    for character in unified.chars() {
        match character {
            // Word's line break inside a paragraph, and those of other systems.
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => plain.push('\n'),
            '\u{a0}' | '\u{2007}' | '\u{202f}' => plain.push(' '),
            // Zero width space, byte order mark, soft hyphen. The joiners of emoji stay.
            '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
            other => plain.push(other),
        }
    }
    let mut tidy = String::with_capacity(plain.len());
    let mut empty = 0;
    for line in plain.split('\n').map(|line| line.trim_end_matches([' ', '\t', '\u{3000}'])) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if empty > 0 { "\n\n" } else { "\n" });
        } else if empty > 0 {
            tidy.push('\n');
        }
        tidy.push_str(line);
        empty = 0;
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn what_a_person_can_see_stays() {
        for text in ["　　首行缩进两格", "a b", "👩‍👩‍👧", "一\n二", "一\n\n二", "三，四。"]
        {
            assert_eq!(tidy(text), text);
        }
    }

    #[test]
    fn what_only_takes_room_goes() {
        assert_eq!(tidy("一\r\n\r\n\r\n二"), "一\n\n二");
        assert_eq!(tidy("一 \t\n二　\n"), "一\n二");
        assert_eq!(tidy("\n一"), "\n一");
        assert_eq!(tidy("\u{feff}一\u{ad}二"), "一二");
    }
}
