//! The words of the form itself. Those about answers are the engine's (`rules::wording`).
//!
//! Plain Chinese: what it is, what to do. No blame, no full stop at the end of a label or message.

use crate::campaign::LengthRule;
use crate::session::Announcement;
use crate::standards::{Instant, Policy};

/// Shown behind the label of a field that may stay empty.
pub const OPTIONAL: &str = "选填";
/// The first entry of a list to choose from.
pub const CHOOSE: &str = "点此选择";
/// The words for `true`.
pub const YES: &str = "是";
/// The words for `false`.
pub const NO: &str = "否";
/// Opens the clause behind a field or problem.
pub const SOURCE: &str = "依据";
/// What an empty end of a row stands for.
pub const STILL: &str = "至今";
/// The heading over what to have at hand.
pub const BEFORE: &str = "填表前，先把这些准备好";
/// The button that sends.
pub const SUBMIT: &str = "提交推荐材料";
/// What sending means.
pub const SUBMIT_NOTE: &str = "提交前会再核对一遍。提交后由主办单位审核，回执会显示在这里";
/// The heading of the problem summary.
pub const SUMMARY: &str = "还不能提交，先改好下面的内容";
/// Takes a row away.
pub const REMOVE: &str = "删除";
/// Asks for words about a file.
pub const CAPTION: &str = "说明文字";
/// Chooses a photo.
pub const CHOOSE_PHOTO: &str = "选择照片";
/// Chooses a document.
pub const CHOOSE_FILE: &str = "选择文件";
/// Chooses one more document.
pub const CHOOSE_MORE: &str = "再添加一个文件";
/// Chooses another file in place of the present one.
pub const CHOOSE_OTHER: &str = "换一个";
/// Tries a failed upload again.
pub const UPLOAD_AGAIN: &str = "重新上传";
/// The heading over the printed lines of a table.
pub const PRINTED: &str = "打印出来是这样";
/// Tries to send at once.
pub const TRY_NOW: &str = "马上再试";
/// Goes on after signing in.
pub const SIGNED_IN: &str = "已重新登录，继续提交";
/// Goes back to the form.
pub const GO_BACK: &str = "返回修改";
/// The heading over why the form stops.
pub const STOPPED: &str = "这份表到此为止";
/// Answers again the question that stopped the form.
pub const GATE_BACK: &str = "回答有误，返回";
/// How a grave problem is announced.
pub const PROBLEM: &str = "需要修改";
/// How a warning is announced.
pub const WARNING: &str = "提醒";
/// How a hint is announced.
pub const HINT: &str = "提示";

/// The heading of a row: 第2条经历.
pub fn row(label: &str, number: usize) -> String {
    format!("第{number}条{label}")
}

/// The heading of the file that belongs to a row, with the row as it is printed.
pub fn row_file(label: &str, number: usize, line: &str) -> String {
    let row = row(label, number);
    if line.is_empty() { row } else { format!("{row}：{line}") }
}

/// The button that adds a row.
pub fn add_row(label: &str, empty: bool) -> String {
    if empty { format!("添加{label}") } else { format!("再添加一条{label}") }
}

/// The button that removes a row.
pub fn remove_row(label: &str, number: usize) -> String {
    format!("{REMOVE}{}", row(label, number))
}

/// Under a text that is counted.
pub fn counter(count: usize, rule: &LengthRule) -> String {
    let way = match rule.unit {
        Policy::Word => "按Word字数统计",
        Policy::CharsNoSpace => "不计空格",
        Policy::HanOnly => "只计汉字",
        _ => "计空格和标点",
    };
    if let Some(about) = &rule.approx {
        let (target, (low, high)) = (about.target, about.about());
        return format!("已写{count}字，要求{target}字左右（{low}至{high}字，{way}）");
    }
    let max = rule.most().unwrap_or_default();
    let left = match (max as usize).checked_sub(count) {
        Some(left) => format!("还可写{left}字"),
        None => format!("超出{}字", count - max as usize),
    };
    match rule.min {
        Some(min) => format!("已写{count}字，{left}（{min}至{max}字，{way}）"),
        None => format!("已写{count}字，{left}（限{max}字，{way}）"),
    }
}

/// Which of the notice's forms this is.
pub fn form_case(name: &str, title: Option<&str>) -> String {
    match title {
        Some(title) => format!("使用{name}《{title}》"),
        None => format!("使用{name}"),
    }
}

/// Months as years and months.
pub fn months(months: u32) -> String {
    match (months / 12, months % 12) {
        (0, months) => format!("{months}个月"),
        (years, 0) => format!("{years}年"),
        (years, months) => format!("{years}年{months}个月"),
    }
}

/// A file's size as file managers show it.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..=1023 => format!("{bytes}字节"),
        1024..=1_048_575 => format!("{}KB", bytes / 1024),
        _ => format!("{}.{}MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// Under a slot for several files.
pub fn most_files(room: usize) -> String {
    format!("最多{room}个文件")
}

/// What is said of a file that was given up.
pub fn upload_failed(code: &str) -> &'static str {
    match code {
        "too-large" => "主办单位的网站不收这么大的文件，换一个小一些的",
        "sign-in" => "登录已过期，在另一个窗口重新登录后，点“重新上传”",
        _ => "没有传上去，点“重新上传”再试一次",
    }
}

/// The ground of a photo.
pub fn ground(background: &str) -> Option<&'static str> {
    Some(match background {
        "blue" => "蓝底",
        "red" => "红底",
        "white" => "白底",
        "grey" => "灰底",
        _ => return None,
    })
}

/// Why a refused sending was refused, where the host gave no reasons.
pub fn rejected(status: u16) -> String {
    let why = match status {
        413 => "材料太大，主办单位的网站没有收下",
        404 | 405 => "主办单位的接收地址不对",
        400 | 415 => "主办单位的网站读不懂这份材料",
        _ => "主办单位的网站没有收下",
    };
    format!("{why}（代码{status}）。填写的内容都还在，可以把这个情况告诉主办单位，稍后再提交")
}

/// The deadline, in the person's words.
pub fn deadline(days_left: i32, month: u8, day: u8) -> String {
    match days_left {
        ..0 => format!("截止时间{month}月{day}日24时已过"),
        0 => format!("今天（{month}月{day}日）24时截止"),
        _ => format!("还有{days_left}天，{month}月{day}日24时截止"),
    }
}

/// Said where the last day is a day off.
pub fn closed_on_last_day(weekday: &str) -> String {
    format!("截止日是{weekday}，主办单位不上班，尽量提前一个工作日提交")
}

/// What the live region says.
pub fn announcement(announcement: &Announcement) -> String {
    match announcement {
        Announcement::RowAdded(label, number) => format!("已添加第{number}条{label}"),
        Announcement::RowRemoved(label, number) => format!("已删除第{number}条{label}"),
        Announcement::Problems(count) => format!("还不能提交，有{count}处需要修改"),
        Announcement::Opened => "可以继续填写，推荐表在下面".to_owned(),
        Announcement::Asked => "请接着回答下一个问题".to_owned(),
        Announcement::Full(name, room) => format!("最多放{room}个文件，{name}没有加上"),
        Announcement::Uploaded(name) => format!("{name}已传到主办单位"),
        Announcement::Problem(label, words) => format!("{label}：{words}"),
    }
}

/// A moment as people write it, on the campaign's clock: 2022年8月18日 10:00.
pub fn time(moment: Instant, utc_offset_minutes: i32) -> String {
    let day = moment.day_at(utc_offset_minutes);
    let seconds = moment.utc_seconds() + i64::from(utc_offset_minutes) * 60;
    let minutes = seconds.rem_euclid(86_400) / 60;
    let (month, hour, minute) = (day.month().month(), minutes / 60, minutes % 60);
    format!("{}年{month}月{}日 {hour}:{minute:02}", day.year(), day.day_of_month())
}
