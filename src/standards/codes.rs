//! Code tables of the national standards, with the names the form shows and prints.
//!
//! A coded answer goes out as code and name. Codes are the contract; names follow today's usage, and
//! what people otherwise write (older wording, short forms, common misspellings) is an alias that
//! is understood and never shown.

/// One entry of a code table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// The code of the standard.
    pub code: &'static str,
    /// The name that is shown and printed.
    pub name: &'static str,
    /// Other ways of writing the name.
    pub aliases: &'static [&'static str],
}

/// The names of the tables.
pub const NAMES: [&str; 7] =
    ["sex", "ethnicity", "political", "education", "education_full", "relation", "province"];

/// The table called `name`, in the order a list of choices shows it.
///
/// | name | standard |
/// |---|---|
/// | `sex` | GB/T 2261.1; the form offers 男 and 女, see [`offered`] |
/// | `ethnicity` | GB/T 3304-1991, and 97 and 98 in common use |
/// | `political` | GB/T 4762-1984, named as printed today |
/// | `education` | GB/T 4658-2006, the eight levels |
/// | `education_full` | GB/T 4658-2006, levels and outcomes |
/// | `relation` | GB/T 4761, names only: its codes are the names |
/// | `province` | GB/T 2260, first two digits, the 31 whose residents hold a 居民身份证 |
///
/// ```
/// # use nomination_form::standards::codes;
/// assert_eq!(codes::table("education").unwrap().len(), 8);
/// assert!(codes::table("colour").is_none());
/// ```
pub fn table(name: &str) -> Option<&'static [Code]> {
    Some(match name {
        "sex" => SEX,
        "ethnicity" => ETHNICITY,
        "political" => POLITICAL,
        "education" => EDUCATION,
        "education_full" => EDUCATION_FULL,
        "relation" => RELATION,
        "province" => PROVINCE,
        _ => return None,
    })
}

/// The entries of a table a form offers: all of it, except for the two 未知 codes of sex, which
/// are understood in data from elsewhere and not for anybody to choose.
///
/// ```
/// # use nomination_form::standards::codes;
/// let names: Vec<_> = codes::offered("sex").unwrap().iter().map(|it| it.name).collect();
/// assert_eq!(names, ["男", "女"]);
/// ```
pub fn offered(name: &str) -> Option<&'static [Code]> {
    let all = table(name)?;
    Some(if name == "sex" { all.get(..2).unwrap_or(all) } else { all })
}

/// The entry with this code, if both the table and the code are known.
///
/// ```
/// # use nomination_form::standards::codes;
/// assert_eq!(codes::find("political", "04").unwrap().name, "民革党员");
/// ```
pub fn find(table_name: &str, code: &str) -> Option<&'static Code> {
    let known = table(table_name)?.iter().find(|it| it.code == code);
    // The form offers the levels; data from elsewhere also says how they ended (21 大学本科毕业).
    let finer = || EDUCATION_FULL.iter().find(|it| it.code == code);
    known.or_else(|| finer().filter(|_| table_name == "education"))
}

/// The entry with this name or alias; for `ethnicity` with or without the final 族.
///
/// ```
/// # use nomination_form::standards::codes;
/// assert_eq!(codes::find_by_name("ethnicity", "蒙古").unwrap().name, "蒙古族");
/// assert_eq!(codes::find_by_name("political", "中国共产党党员").unwrap().code, "01");
/// ```
pub fn find_by_name(table_name: &str, name: &str) -> Option<&'static Code> {
    let bare = |name: &'static str| match table_name {
        "ethnicity" => name.strip_suffix('族'),
        _ => None,
    };
    let fits = |known: &'static str| known == name || bare(known) == Some(name);
    table(table_name)?.iter().find(|it| fits(it.name) || it.aliases.iter().any(|it| fits(it)))
}

const fn code(code: &'static str, name: &'static str) -> Code {
    Code { code, name, aliases: &[] }
}

const fn also(code: &'static str, name: &'static str, aliases: &'static [&'static str]) -> Code {
    Code { code, name, aliases }
}

static SEX: &[Code] = &[
    also("1", "男", &["男性"]),
    also("2", "女", &["女性"]),
    code("0", "未知的性别"),
    code("9", "未说明的性别"),
];

#[rustfmt::skip]
static ETHNICITY: &[Code] = &[
    code("01", "汉族"), code("02", "蒙古族"), code("03", "回族"), code("04", "藏族"),
    code("05", "维吾尔族"), code("06", "苗族"), code("07", "彝族"), code("08", "壮族"),
    code("09", "布依族"), code("10", "朝鲜族"), code("11", "满族"), code("12", "侗族"),
    code("13", "瑶族"), code("14", "白族"), code("15", "土家族"), code("16", "哈尼族"),
    code("17", "哈萨克族"), code("18", "傣族"), code("19", "黎族"),
    also("20", "傈僳族", &["傈傈族"]), code("21", "佤族"), code("22", "畲族"),
    code("23", "高山族"), code("24", "拉祜族"), code("25", "水族"), code("26", "东乡族"),
    code("27", "纳西族"), code("28", "景颇族"), code("29", "柯尔克孜族"), code("30", "土族"),
    also("31", "达斡尔族", &["达翰尔族"]), code("32", "仫佬族"), code("33", "羌族"),
    code("34", "布朗族"), code("35", "撒拉族"), also("36", "毛南族", &["毛难族"]),
    code("37", "仡佬族"), code("38", "锡伯族"), code("39", "阿昌族"), code("40", "普米族"),
    code("41", "塔吉克族"), code("42", "怒族"), code("43", "乌孜别克族"),
    code("44", "俄罗斯族"), code("45", "鄂温克族"), also("46", "德昂族", &["崩龙族"]),
    code("47", "保安族"), code("48", "裕固族"), code("49", "京族"), code("50", "塔塔尔族"),
    code("51", "独龙族"), code("52", "鄂伦春族"), code("53", "赫哲族"), code("54", "门巴族"),
    code("55", "珞巴族"), code("56", "基诺族"), also("97", "其他", &["未识别民族"]),
    also("98", "外国血统", &["外国血统中国籍人士"]),
];

static POLITICAL: &[Code] = &[
    also("01", "中共党员", &["中国共产党党员"]),
    also("02", "中共预备党员", &["中国共产党预备党员"]),
    also("03", "共青团员", &["中国共产主义青年团团员"]),
    also("04", "民革党员", &["民革", "民革会员"]),
    also("05", "民盟盟员", &["民盟"]),
    also("06", "民建会员", &["民建"]),
    also("07", "民进会员", &["民进"]),
    also("08", "农工党党员", &["农工党"]),
    also("09", "致公党党员", &["致公党"]),
    also("10", "九三学社社员", &["九三学社"]),
    also("11", "台盟盟员", &["台盟"]),
    also("12", "无党派人士", &["无党派民主人士"]),
    code("13", "群众"),
];

static EDUCATION: &[Code] = &[
    also("10", "研究生", &["研究生教育"]),
    also("20", "大学本科", &["大学本科教育", "本科"]),
    also("30", "大学专科", &["大学专科教育", "大专"]),
    also("40", "中专/职高/技校", &["中等职业教育", "中专", "职高", "技校"]),
    also("60", "高中", &["普通高级中学教育"]),
    also("70", "初中", &["初级中学教育"]),
    also("80", "小学", &["小学教育"]),
    code("90", "其他"),
];

#[rustfmt::skip]
static EDUCATION_FULL: &[Code] = &[
    code("10", "研究生教育"),
    code("11", "博士研究生毕业"), code("12", "博士研究生结业"), code("13", "博士研究生肄业"),
    code("14", "硕士研究生毕业"), code("15", "硕士研究生结业"), code("16", "硕士研究生肄业"),
    code("17", "研究生班毕业"), code("18", "研究生班结业"), code("19", "研究生班肄业"),
    code("20", "大学本科教育"),
    code("21", "大学本科毕业"), code("22", "大学本科结业"), code("23", "大学本科肄业"),
    code("28", "大学普通班毕业"),
    code("30", "大学专科教育"),
    code("31", "大学专科毕业"), code("32", "大学专科结业"), code("33", "大学专科肄业"),
    code("40", "中等职业教育"),
    code("41", "中等专科毕业"), code("42", "中等专科结业"), code("43", "中等专科肄业"),
    code("44", "职业高中毕业"), code("45", "职业高中结业"), code("46", "职业高中肄业"),
    code("47", "技工学校毕业"), code("48", "技工学校结业"), code("49", "技工学校肄业"),
    code("60", "普通高级中学教育"),
    code("61", "普通高中毕业"), code("62", "普通高中结业"), code("63", "普通高中肄业"),
    code("70", "初级中学教育"), code("71", "初中毕业"), code("73", "初中肄业"),
    code("80", "小学教育"), code("81", "小学毕业"), code("83", "小学肄业"),
    code("90", "其他"),
];

#[rustfmt::skip]
static RELATION: &[Code] = &[
    code("配偶", "配偶"), code("子", "子"), code("女", "女"), code("孙子女", "孙子女"),
    code("父", "父"), code("母", "母"), code("岳父/公公", "岳父/公公"),
    code("岳母/婆婆", "岳母/婆婆"), code("祖父母", "祖父母"), code("兄弟姐妹", "兄弟姐妹"),
    code("其他", "其他"),
];

#[rustfmt::skip]
static PROVINCE: &[Code] = &[
    code("11", "北京"), code("12", "天津"), code("13", "河北"), code("14", "山西"),
    code("15", "内蒙古"), code("21", "辽宁"), code("22", "吉林"), code("23", "黑龙江"),
    code("31", "上海"), code("32", "江苏"), code("33", "浙江"), code("34", "安徽"),
    code("35", "福建"), code("36", "江西"), code("37", "山东"), code("41", "河南"),
    code("42", "湖北"), code("43", "湖南"), code("44", "广东"), code("45", "广西"),
    code("46", "海南"), code("50", "重庆"), code("51", "四川"), code("52", "贵州"),
    code("53", "云南"), code("54", "西藏"), code("61", "陕西"), code("62", "甘肃"),
    code("63", "青海"), code("64", "宁夏"), code("65", "新疆"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn name(table: &str, code: &str) -> &'static str {
        find(table, code).unwrap().name
    }

    #[test]
    fn every_code_is_found_again_and_means_one_thing() {
        for table_name in NAMES {
            let all = table(table_name).unwrap();
            for entry in all {
                assert_eq!(find(table_name, entry.code), Some(entry));
                assert_eq!(find_by_name(table_name, entry.name), Some(entry), "{}", entry.name);
                for alias in entry.aliases {
                    assert_eq!(find_by_name(table_name, alias), Some(entry), "{alias}");
                }
            }
        }
    }

    #[test]
    fn the_tables_are_as_long_as_their_standards() {
        let lengths = NAMES.map(|name| table(name).unwrap().len());
        assert_eq!(lengths, [4, 58, 13, 8, 40, 11, 31]);
    }

    #[test]
    fn the_fifty_six_peoples_stand_in_the_order_of_their_codes() {
        let codes: Vec<_> = table("ethnicity").unwrap().iter().map(|it| it.code).collect();
        let counted: Vec<_> = (1..=56).chain([97, 98]).map(|n| format!("{n:02}")).collect();
        assert_eq!(codes, counted);
        assert_eq!(name("ethnicity", "05"), "维吾尔族");
        assert_eq!(name("ethnicity", "20"), "傈僳族");
        assert_eq!(name("ethnicity", "31"), "达斡尔族");
    }

    #[test]
    fn a_people_is_found_with_and_without_its_last_character() {
        for (typed, code) in
            [("蒙古", "02"), ("蒙古族", "02"), ("达翰尔", "31"), ("崩龙", "46"), ("其他", "97")]
        {
            assert_eq!(find_by_name("ethnicity", typed).unwrap().code, code);
        }
        for typed in ["", "族", "火星族"] {
            assert_eq!(find_by_name("ethnicity", typed), None);
        }
    }

    #[test]
    fn party_members_are_named_as_each_party_names_them() {
        let names: Vec<_> = table("political").unwrap().iter().map(|it| it.name).collect();
        let parties = ["民革党员", "民盟盟员", "民建会员", "民进会员", "农工党党员", "致公党党员"];
        assert_eq!(names[3..9], parties);
        assert_eq!(names[9..], ["九三学社社员", "台盟盟员", "无党派人士", "群众"]);
    }

    #[test]
    fn the_short_list_of_education_is_the_levels_of_the_full_one() {
        for level in table("education").unwrap() {
            assert!(find("education_full", level.code).is_some(), "{}", level.code);
        }
    }

    #[test]
    fn unknown_sex_is_a_known_code_that_is_not_offered() {
        assert_eq!(name("sex", "9"), "未说明的性别");
        assert_eq!(offered("sex").unwrap().len(), 2);
        assert_eq!(offered("political"), table("political"));
        assert_eq!(offered("colour"), None);
    }
}
