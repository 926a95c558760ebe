//! Chinese as written in China's offices, plain: what was found, what is asked, what to do.
//!
//! No 请, no 非法 or 无效, no full stop at the end. Never an answer's content, with one exception: the
//! masked document number, where two answers contradict each other.

use serde_json::{Map, Value};

use crate::{campaign::Severity, rules::Code};

pub(super) fn row_label(table: &str, row: usize) -> String {
    format!("{table}第{row}行")
}

pub(super) fn cell_label(table: &str, row: usize, column: &str) -> String {
    format!("{table}第{row}行的“{column}”")
}

pub(super) fn part_label(entry: &str, question: &str) -> String {
    format!("{entry}的“{question}”")
}

/// The sentence for a kind of finding.
#[allow(clippy::too_many_lines)] // a table: one line or two for each code
pub(super) fn template(
    code: Code,
    severity: Severity,
    params: &Map<String, Value>,
) -> &'static str {
    let is = |name: &str, word: &str| params.get(name).and_then(Value::as_str) == Some(word);
    match code {
        Code::Missing => missing(params),
        Code::WrongType => wrong_type(params),
        Code::UnknownOption if params.contains_key("options") => {
            "{label}不在可以推荐的范围内，应为{options:list}，核对后重选"
        }
        Code::UnknownOption => "{label}不在选项之中，从选项中重选一项",
        Code::UnknownKey if is("of", "files") => "这个文件不在要求的材料之列，不会采用，可以去掉",
        Code::UnknownKey => "这项内容在表中没有对应的栏目，去掉后再提交",
        Code::UnknownRow => "{label}没有对应到表中的某一行，重新选择所属的行",
        Code::HiddenValue => "{label}现在不用填，已填的内容不会采用",
        Code::TooFew if is("of", "files") => {
            "{label}有{count}个文件，至少要{min}个，再添加{short}个"
        }
        Code::TooMany if is("of", "files") => "{label}有{count}个文件，最多{max}个，去掉{over}个",
        Code::TooMany if is("of", "choices") => "{label}选了{count}项，最多选{max}项，去掉{over}项",
        Code::TooMany if is("of", "fields") => {
            "{fields:and}中填了{count}项，最多填{max}项，去掉多余的"
        }
        Code::TooMany if is("of", "phone") => "{label}有几个号码，这里只填1个",
        Code::TooMany => "{label}有{count}行，最多{max}行，删去{over}行",
        Code::TooFew if is("of", "choices") => "{label}选了{count}项，至少选{min}项，再选{short}项",
        Code::TooFew if is("of", "fields") => "{fields:and}中至少要填{min}项，现在填了{count}项",
        Code::TooFew if is("of", "notices") => {
            "{label}有{count}处，被推荐人有双重以上身份，要在{min}个单位同时公示，补上其余单位的公示"
        }
        Code::TooFew => "{label}有{count}行，至少要{min}行，再添加{short}行",
        Code::TooLong if is("of", "caption") => {
            "{label}的说明文字超出{max}个字符的限制，多出{over}个字符"
        }
        Code::TooLong if params.contains_key("target") => {
            "{label}有{count}字，要求{target}字左右，最好不超过{max}字"
        }
        Code::TooShort if params.contains_key("target") => {
            "{label}有{count}字，要求{target}字左右，最好不少于{min}字"
        }
        Code::TooShort if is("unit", "word") => {
            "{label}只有{count}字，至少要{min}字，再写{short}字"
        }
        Code::TooShort => "{label}只有{count}个字符，至少要{min}个字符，再写{short}个字符",
        Code::TooLong if is("unit", "word") => "{label}超出{max}字限制，多出{over}字",
        Code::TooLong => "{label}超出{max}个字符的限制，多出{over}个字符",
        Code::TooSmall | Code::TooLarge if is("of", "pixels") => pixels(code, params),
        Code::TooSmall if is("of", "seconds") => {
            "{label}只有{seconds:duration}，至少要{min:duration}，重新录制后再选"
        }
        Code::TooLarge if is("of", "seconds") => {
            "{label}有{seconds:duration}，最长{max:duration}，剪短后再选"
        }
        Code::TooSmall if is("kind", "file") => {
            "{label}的文件只有{bytes:count}字节，要求不少于{min:count}字节，核对是不是选错了文件"
        }
        Code::TooSmall if is("of", "bytes") && params.get("min") == Some(&1_000_000.into()) => {
            "{label}的文件只有{bytes:count}字节，要求1M以上（不少于{min:count}字节），换用没有压缩过的原图"
        }
        Code::TooSmall if is("of", "bytes") => {
            "{label}的文件只有{bytes:count}字节，要求不少于{min:count}字节，换用没有压缩过的原图"
        }
        Code::TooSmall => "{label}不能小于{min}{unit}，核对后改正",
        Code::TooLarge if is("of", "files") => {
            "{label}的文件合计{bytes:count}字节，最多{max:megabytes}（{max:count}字节），缩小或减少一些"
        }
        Code::TooLarge if params.contains_key("bytes") => {
            "{label}的文件有{bytes:count}字节，最多{max:megabytes}（{max:count}字节），缩小后再选"
        }
        Code::TooLarge => "{label}不能大于{max}{unit}，核对后改正",
        Code::NearlyTooSmall if params.get("safe") != Some(&1_048_576.into()) => {
            "{label}的文件有{bytes:count}字节，偏小，可能被退回，最好在{safe:count}字节以上"
        }
        Code::NearlyTooSmall => {
            "{label}的文件有{bytes:count}字节，Windows 显示不足 1 MB，可能被退回，最好换用{safe:count}字节以上的原图"
        }
        Code::NotWhole => "{label}要填整数，不带小数",
        Code::Mismatch => mismatch(params),
        Code::NotDeclared if severity != Severity::Error => {
            "“{label}”一般要求为“{asked}”，填错了就改正，情况属实的与主办单位核对能否推荐"
        }
        Code::NotDeclared => {
            "“{label}”要求为“{asked}”，现在的回答不符合推荐条件，填错了就改正，情况属实则不能推荐"
        }
        Code::StartAfterEnd => "{label}的开始时间晚于结束时间，核对后改正",
        Code::AfterReference => {
            "{label}写到了{limit:month}以后，经历只计算到{limit:month}，还在继续的选“至今”"
        }
        Code::Twice if is("of", "choices") => "{label}中有一项选了两次，去掉一次",
        Code::Twice => "{label}与第{first}行相同，删去其中一行",
        Code::Gap => "{first:span}没有填写经历，补上这段时间在做什么（待业、生病等也要写）",
        Code::OtherFirstRow if params.get("asked").is_some_and(Value::is_string) => {
            "最早的一段经历（第{row}行）不是{asked}，从{asked}写起，没有上过的另作说明"
        }
        Code::OtherFirstRow => "最早的一段经历（第{row}行）不是通知要求的起点，从要求的阶段写起",
        Code::UnlikelyAge => {
            "第一段经历开始时为{age}岁，一般在{min}至{max}岁，核对出生年月和开始年月"
        }
        Code::TooFewMonths if params.get("months") == Some(&0.into()) => {
            "{label}为{months:years}，要求{min:years}以上（计算到{reference:month}），属于这类工作的经历要标明"
        }
        Code::TooFewMonths => {
            "{label}为{months:years}，要求{min:years}以上（计算到{reference:month}）"
        }
        Code::MissingYear => {
            "{label}缺少{year}年度的等次，补上这一年，当年没有参加考核的向推荐单位说明"
        }
        Code::NotPassed => "{label}中{year}年度的等次不符合要求，要求为{pass:list}，核对后改正",
        Code::TooFewWorkdays => workdays(params),
        Code::NotTogether if params.contains_key("count") => {
            "{label}要同时进行，各处共同的公示时间只有{count}个工作日，要求不少于{min}个工作日"
        }
        Code::NotTogether => "{label}要在各单位同一天开始，核对开始日期",
        Code::NotAsked if severity == Severity::Info => "{label}不征求意见，已说明理由",
        Code::NotAsked => "{label}的意见按通知都要征求，确实不适用的与主办单位核对",
        Code::FewerYears => {
            "{label}只核对成立以后的{count}年，通知要求{min}年，能否推荐与主办单位核对"
        }
        Code::Equivalent => "{label}中{year}年度以年报代替年检，与主办单位核对",
        Code::NotMet => "{label}不符合通知的要求，对照通知核对",
        Code::OtherForm => "表格选错了，按填写的内容应使用{expected}，重新打开表格再提交",
        Code::Early => "还没有开始受理，{first_day:day}{time}起可以提交",
        Code::NoCalendar => {
            "没有{year}年的工作日安排，{label}按周一至周五计算，对照国务院的放假通知核对"
        }
        Code::Noted => "{label}需要对照通知核对",
        Code::Late if severity == Severity::Error => {
            "已过报送截止时间（{last_day:day}{time}），不再接收，与主办单位联系"
        }
        Code::Late => "已过报送截止时间（{last_day:day}{time}），能否受理与主办单位联系",
        Code::OtherRevision => {
            "这份材料按第{found}版表样填写，现在按第{expected}版核对，看一遍再提交"
        }
        _ => number(code, params).unwrap_or_else(|| file(code, params)),
    }
}

fn missing(params: &Map<String, Value>) -> &'static str {
    match params.get("expected").and_then(Value::as_str).unwrap_or_default() {
        "rows" => "{label}没有填写，至少填写一行",
        "choice" => "{label}没有选择，选一项",
        "choices" => "{label}没有选择，至少选一项",
        "yes_no" => "“{label}”没有回答，选一项",
        "opinion" => "缺少{label}的意见，征求后填写，不适用的选“不适用”并说明理由",
        "reason" => "{label}选了不适用，要说明理由",
        "photo" => "缺少{label}，选择照片上传",
        "file" => "缺少{label}，选择文件上传",
        "caption" => "{label}的文件缺少说明文字，补上说明",
        _ => "{label}没有填写，补上这一项",
    }
}

fn wrong_type(params: &Map<String, Value>) -> &'static str {
    match params.get("expected").and_then(Value::as_str).unwrap_or_default() {
        "number" => "{label}要填数字，用阿拉伯数字重填",
        "month" => "{label}不是可以识别的年月，按“2008-09”的样子填年和月",
        "date" => "{label}不是可以识别的日期，按“2022-08-11”的样子填年月日",
        "yes_no" => "“{label}”要回答是或否，重选一项",
        "choice" => "{label}要从选项中选一项，重选一项",
        "rows" => "{label}要分行填写，重新添加各行",
        "choices" => "{label}要从选项中选，重新选择",
        "parts" => "{label}要分项填写，重新填写",
        "row" => "{label}的内容读不出来，删去后重新填写这一行",
        "photo" | "file" => "{label}要作为附件上传，不填在表中",
        _ => "{label}要填文字，重新填写",
    }
}

fn mismatch(params: &Map<String, Value>) -> &'static str {
    match params.get("of").and_then(Value::as_str).unwrap_or_default() {
        "uscc_department" => {
            "{label}不是民政部门登记的代码（第1位应为{expected}），对照登记证书核对"
        }
        "uscc_kind" => "{label}第2位与“{kind}”对不上（应为{expected}），对照登记证书核对",
        "birth" => "{label}与{document}（{masked}）中的{expected:month}不一致，核对后改正",
        "sex" => "{label}与{document}（{masked}）中的性别“{expected}”不一致，核对后改正",
        _ => "{label}前后不一致，核对后改正",
    }
}

fn workdays(params: &Map<String, Value>) -> &'static str {
    if params.get("reversed").is_some() {
        "{label}的结束日期早于开始日期，计0个工作日，要求不少于{min}个工作日，最早到{earliest:day}结束"
    } else if params.get("earliest").is_some_and(Value::is_string) {
        "{label}只有{count}个工作日，要求不少于{min}个工作日，最早到{earliest:day}结束"
    } else {
        "{label}只有{count}个工作日，要求不少于{min}个工作日，延长公示"
    }
}

/// Document numbers, credit codes and telephone numbers.
fn number(code: Code, params: &Map<String, Value>) -> Option<&'static str> {
    let of = params.get("of").and_then(Value::as_str).unwrap_or_default();
    Some(match code {
        Code::Masked => "{label}带有星号，要填完整的号码",
        Code::WrongLength if of == "uscc" => {
            "{label}有{count}位，统一社会信用代码为18位，对照证书核对"
        }
        Code::WrongLength => "{label}有{count}位，{type}号码为{expected}位，对照证件核对",
        Code::WrongCharacters if of == "uscc" => {
            "{label}中有代码里不用的字符（不用字母I、O、S、V、Z），对照证书核对"
        }
        Code::WrongCharacters => "{label}中有{type}号码里不用的字符，对照证件核对",
        Code::WrongForm if of == "phone" => {
            "{label}不是手机号码，也不是带区号的固定电话，填11位手机号码，或“区号-号码”形式的固定电话"
        }
        Code::WrongForm if of == "uscc" => "{label}不是统一社会信用代码的写法，对照证书核对",
        Code::WrongForm => "{label}不是{type}号码的写法，对照证件核对证件类型和号码",
        Code::WrongRegion => "{label}开头的地区代码不存在，对照证件核对",
        Code::WrongDate => "{label}中的出生日期不存在或不合理，对照证件核对",
        Code::WrongCheck if of == "uscc" => {
            "{label}的最后一位与前面各位对不上，可能有一位写错，对照证书核对"
        }
        Code::WrongCheck => "{label}的最后一位与前面各位对不上，可能有一位写错，对照证件核对",
        Code::OtherType => "{label}是{other}的号码，把证件类型改为{other}，或核对号码",
        Code::OldForm => "{label}有15位，是第一代居民身份证号码，已经停用，改填18位号码",
        Code::Unlikely if of == "phone" => "{label}的号段不常见，核对有没有写错",
        Code::Unlikely if of == "uscc" => "{label}中的主体代码不合校验规则，对照证书核对",
        Code::Unlikely if of == "age" => "{label}中的出生日期对应的年龄不常见，对照证件核对",
        Code::Unlikely => "{label}不常见，对照证件核对有没有写错或过期",
        Code::NoAreaCode => "{label}缺少区号，按“区号-号码”的形式填写固定电话",
        Code::ServiceNumber => "{label}是服务热线，填能直接找到人的手机号码或固定电话",
        _ => return None,
    })
}

/// Files and pictures.
fn file(code: Code, params: &Map<String, Value>) -> &'static str {
    match code {
        Code::UnknownFormat => unknown_format(params),
        Code::Unreadable => "{label}的内容读不出来，重新拍摄、扫描或导出后再选",
        Code::Damaged => "{label}的文件不完整，可能没有传完，重新保存后再选",
        Code::Encrypted => "{label}的文件加了密码，无法打开和打印，去掉密码后再选",
        Code::Macros => "{label}的文件带有宏，可能打不开，另存为不带宏的文件后再选",
        Code::PrintColours => {
            "{label}是印刷用的 CMYK 颜色，可能显示不正常，另存为 RGB 颜色的 JPG 后再选"
        }
        Code::EmptyFile => "{label}的文件是空的（0字节），重新选择",
        Code::TooManyPixels => "{label}的像素太多，超过8000万像素打不开，缩小后再选",
        Code::NoDuration => "{label}的文件没有标明时长，播放一遍，核对时长是否符合要求",
        Code::WrongName => "{label}的文件名不符合要求，改成“{asked:list}”的样子后再选",
        Code::WrongSize => {
            "{label}为{width}×{height}像素，要求正好{asked_width}×{asked_height}像素，调整后再选"
        }
        Code::WrongRatio if params.get("sideways").and_then(Value::as_bool) == Some(true) => {
            "{label}是横放的（{width}×{height}像素），转正后再选"
        }
        Code::WrongRatio => wrong_ratio(params),
        Code::WrongBackground => {
            "{label}的底色看起来不是{asked:ground}，要求{asked:ground}底色，核对后换一张"
        }
        Code::NoColour => "{label}看起来是黑白的，要求彩色照片，换一张",
        _ => "{label}需要核对",
    }
}

/// Too few pixels or too many; a bound may be set for one side alone.
fn pixels(code: Code, params: &Map<String, Value>) -> &'static str {
    let bound = |name: &str| params.get(name).and_then(Value::as_u64).is_some_and(|n| n > 0);
    match code {
        Code::TooSmall => match (bound("min_width"), bound("min_height")) {
            (true, false) => {
                "{label}只有{width}×{height}像素，宽至少要{min_width}像素，换用更清晰的原图或重新扫描"
            }
            (false, true) => {
                "{label}只有{width}×{height}像素，高至少要{min_height}像素，换用更清晰的原图或重新扫描"
            }
            _ => {
                "{label}只有{width}×{height}像素，至少要{min_width}×{min_height}像素，换用更清晰的原图或重新扫描"
            }
        },
        _ => match (bound("max_width"), bound("max_height")) {
            (true, false) => "{label}有{width}×{height}像素，宽最多{max_width}像素，缩小后再选",
            (false, true) => "{label}有{width}×{height}像素，高最多{max_height}像素，缩小后再选",
            _ => "{label}有{width}×{height}像素，最多{max_width}×{max_height}像素，缩小后再选",
        },
    }
}

fn wrong_ratio(params: &Map<String, Value>) -> &'static str {
    let two_inch = |size: &Value| size == "35×49" || size == "35×53";
    let asked = params.get("asked").and_then(Value::as_array);
    let named = params.get("size").is_some_and(Value::is_string);
    match (asked.is_some_and(|asked| asked.iter().all(two_inch)), named) {
        (true, true) => {
            "{label}为{width}×{height}像素，是{size}的比例，要求2寸（{asked:list}毫米的比例），换一张2寸照片"
        }
        (true, false) => {
            "{label}为{width}×{height}像素，宽高比例不符，要求2寸（{asked:list}毫米的比例），换一张2寸照片"
        }
        (false, _) => {
            "{label}为{width}×{height}像素，要求宽高比例为{asked:list}，换一张这种尺寸的照片"
        }
    }
}

fn unknown_format(params: &Map<String, Value>) -> &'static str {
    match params.get("found").and_then(Value::as_str).unwrap_or_default() {
        "heic" => "这是 HEIC 照片，另存为 JPG 后再选",
        "webp" | "avif" | "gif" | "bmp" | "tiff" => {
            "这是{found:format}图片，要求{taken:formats}，另存后再选"
        }
        "wps" => "这是 WPS 文档，用 WPS 另存为 docx 后再选",
        "zip" | "rar" | "seven-zip" | "gzip" => {
            "这是压缩包，要求{taken:formats}，解压后选里面的文件"
        }
        "exe" | "elf" | "script" => "这是程序，不是{label}，要求{taken:formats}，重新选择",
        "mp4" | "video" => "这是视频，要求{taken:formats}，重新选择",
        "m4a" | "wav" | "mp3" => "这是录音，要求{taken:formats}，重新选择",
        "ole" => "{label}的文件认不出是哪种文档，要求{taken:formats}，另存后再选",
        "unknown" | "empty" => "{label}的文件认不出格式，要求{taken:formats}，另存后再选",
        _ => "这是{found:format}文件，要求{taken:formats}，另存后再选",
    }
}

/// A value in the way a template asks for it.
pub(super) fn styled(value: &Value, style: &str, params: &Map<String, Value>) -> Option<String> {
    match style {
        "years" => Some(years(value.as_i64()?)),
        "month" => month(value.as_str()?),
        "day" => day(value.as_str()?),
        "span" => span(value.as_str()?, params.get("last")?.as_str()?),
        "count" => Some(thousands(value.as_u64()?)),
        "megabytes" => Some(megabytes(value.as_u64()?)),
        "list" => Some(list(&words(value)?)),
        "and" => Some(words(value)?.join("、")),
        "format" => Some(spaced(format_name(value.as_str()?))),
        "formats" => {
            let names: Vec<_> =
                words(value)?.into_iter().map(|name| spaced(format_name(name))).collect();
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            Some(format!("{}格式", list(&names).replace(" 、", "、").replace("、 ", "、")))
        }
        "ground" => Some(match value.as_str() {
            Some(name) => ground(name).to_owned(),
            None => list(&words(value)?.into_iter().map(ground).collect::<Vec<_>>()),
        }),
        "duration" => Some(duration(value.as_u64()?)),
        _ => None,
    }
}

fn words(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Value::as_str).collect()
}

/// A file's size in MB of a million bytes, to one place; below that in KB.
fn megabytes(bytes: u64) -> String {
    let (unit, name) = if bytes < 1_000_000 { (1_000, "KB") } else { (1_000_000, "MB") };
    match (bytes / unit, bytes % unit * 10 / unit) {
        (whole, 0) => format!("{whole}{name}"),
        (whole, tenths) => format!("{whole}.{tenths}{name}"),
    }
}

fn duration(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds}秒"),
        (minutes, 0) => format!("{minutes}分钟"),
        (minutes, seconds) => format!("{minutes}分{seconds}秒"),
    }
}

fn years(months: i64) -> String {
    match (months / 12, months % 12) {
        (0, months) => format!("{months}个月"),
        (years, 0) => format!("{years}年"),
        (years, months) => format!("{years}年{months}个月"),
    }
}

fn parts(date: &str) -> Option<Vec<u32>> {
    date.split('-').map(|part| part.parse().ok()).collect()
}

fn month(date: &str) -> Option<String> {
    match parts(date)?.as_slice() {
        [year, month, ..] => Some(format!("{year}年{month}月")),
        _ => None,
    }
}

fn day(date: &str) -> Option<String> {
    match parts(date)?.as_slice() {
        [year, month, day] => Some(format!("{year}年{month}月{day}日")),
        _ => None,
    }
}

fn span(first: &str, last: &str) -> Option<String> {
    let from = month(first)?;
    match (parts(first)?.as_slice(), parts(last)?.as_slice()) {
        (first, last) if first == last => Some(from),
        ([year, ..], [same, to, ..]) if year == same => Some(format!("{from}至{to}月")),
        _ => Some(format!("{from}至{}", month(last)?)),
    }
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

/// 优秀、称职或合格.
fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{}或{last}", first.join("、")),
    }
}

/// Latin words stand apart from the Chinese around them.
fn spaced(name: &str) -> String {
    let before = if name.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
    let after = if name.ends_with(|c: char| c.is_ascii()) { " " } else { "" };
    format!("{before}{name}{after}")
}

fn ground(name: &str) -> &str {
    match name {
        "blue" => "蓝色",
        "red" => "红色",
        "white" => "白色",
        other => other,
    }
}

fn format_name(name: &str) -> &str {
    match name {
        "jpeg" => "JPG",
        "png" => "PNG",
        "pdf" => "PDF",
        "docx" => "Word（docx）",
        "doc" => "Word（doc）",
        "xlsx" | "xls" => "Excel",
        "pptx" | "ppt" => "PowerPoint",
        "ofd" => "OFD",
        "gif" => "GIF",
        "bmp" => "BMP",
        "tiff" => "TIFF",
        "heic" => "HEIC",
        "mp4" => "MP4",
        "m4a" => "M4A",
        "wav" => "WAV",
        "mp3" => "MP3",
        "wps" => "WPS",
        "webp" => "WebP",
        "avif" => "AVIF",
        "rtf" => "RTF",
        "html" => "网页",
        "xml" => "XML",
        "text" => "文本",
        other => other,
    }
}
