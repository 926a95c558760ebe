//! Finding a name of a code table by its pinyin: whole syllables, first letters, or a mixture.
//!
//! Only the characters of our own tables are known. A name with any other is found by itself alone.

/// The characters of the code tables, each with its reading there.
const READINGS: &str = "汉han族zu蒙meng古gu回hui藏zang维wei吾wu尔er苗miao彝yi壮zhuang布bu依yi朝chao鲜xian满man侗dong瑶yao白bai\
土tu家jia哈ha尼ni萨sa克ke傣dai黎li傈li僳su佤wa畲she高gao山shan拉la祜hu水shui东dong乡xiang纳na西xi景jing颇po柯ke孜zi达da\
斡wo仫mu佬lao羌qiang朗lang撒sa毛mao南nan仡ge锡xi伯bo阿a昌chang普pu米mi塔ta吉ji怒nu乌wu别bie俄e罗luo斯si鄂e温wen德de昂ang\
保bao安an裕yu固gu京jing独du龙long伦lun春chun赫he哲zhe门men巴ba珞luo基ji诺nuo其qi他ta外wai国guo血xue统tong中zhong籍ji\
人ren士shi未wei识shi共gong党dang员yuan会hui预yu备bei团tuan民min革ge盟meng建jian进jin农nong工gong致zhi公gong九jiu三san学xue社she\
台tai自zi治zhi同tong盟meng无wu派pai群qun众zhong研yan究jiu生sheng大da本ben科ke专zhuan等deng职zhi业ye教jiao育yu通tong高gao\
级ji初chu小xiao技ji工gong校xiao上shang文wen盲mang半ban博bo硕shuo入ru籍ji穿chuan青qing";

/// Whether a name fits what a person has typed: part of it in characters, or its pinyin from any syllable
/// on, each syllable as far as it was typed.
///
/// ```
/// use nomination_form::standards::pinyin::fits;
/// assert!(fits("蒙古族", "mg") && fits("蒙古族", "menggu") && fits("蒙古族", "mgz") && fits("蒙古族", "古"));
/// assert!(fits("中共党员", "dangy"));
/// assert!(!fits("蒙古族", "man"));
/// ```
pub fn fits(name: &str, typed: &str) -> bool {
    let typed: String = typed.split_whitespace().collect::<String>().to_ascii_lowercase();
    if name.contains(&typed) {
        return true;
    }
    let words = name.chars().filter(|c| !c.is_ascii_punctuation());
    let readings: Option<Vec<_>> = words.map(reading).collect();
    readings.is_some_and(|all| (0..all.len()).any(|from| eaten(all.get(from..), &typed)))
}

/// The reading of a character of the tables.
fn reading(character: char) -> Option<&'static str> {
    let (_, after) = READINGS.split_once(character)?;
    let end = after.find(|c: char| !c.is_ascii()).unwrap_or(after.len());
    after.get(..end)
}

/// Whether the typed letters are beginnings of these syllables, one after the other.
fn eaten(syllables: Option<&[&str]>, typed: &str) -> bool {
    if typed.is_empty() {
        return true;
    }
    let Some([first, rest @ ..]) = syllables else { return false };
    let alike = first.bytes().zip(typed.bytes()).take_while(|(a, b)| a == b).count();
    (1..=alike).rev().any(|length| eaten(Some(rest), typed.get(length..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standards::codes;

    #[test]
    fn every_name_of_the_tables_offered_is_found_by_its_first_letters() {
        for table in ["ethnicity", "political", "education"] {
            for known in codes::offered(table).unwrap() {
                let words = known.name.chars().filter(|c| *c != '/');
                let letters: Option<String> = words.map(|c| reading(c)?.chars().next()).collect();
                let letters =
                    letters.unwrap_or_else(|| panic!("{} has a new character", known.name));
                assert!(fits(known.name, &letters), "{} by {letters}", known.name);
            }
        }
    }

    #[test]
    fn readings_are_those_of_the_names() {
        for (name, typed) in [
            ("藏族", "zang"),
            ("朝鲜族", "chaoxian"),
            ("乌孜别克族", "wzbk"),
            ("鄂伦春族", "elunchun"),
        ] {
            assert!(fits(name, typed), "{name} by {typed}");
        }
        assert!(!fits("汉族", "hhh"));
    }
}
