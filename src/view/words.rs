//! The words of the form itself. Those about answers are the engine's (`rules::wording`).
//!
//! Plain Chinese: what it is, what to do. No blame, no full stop at the end of a label or message.

use crate::campaign::{LengthRule, PhotoSettings};
use crate::rules::asked_ratios;
use crate::session::{Announcement, Keeping, Mark, Point, Resumed};
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

/// The switch for computers that others use too.
pub const PUBLIC_COMPUTER: &str = "这是公用电脑";
/// What the switch does.
pub const PUBLIC_COMPUTER_HELP: &str = "打开后，这台电脑上不保存任何内容，已保存的立即删除";
/// Begins another nomination.
pub const NEW_DRAFT: &str = "另填一份";
/// Begins another nomination after one is in.
pub const ANOTHER: &str = "再填一份";
/// Shows the drafts of this device.
pub const DRAFTS: &str = "已保存的草稿";
/// The heading over the drafts of this device.
pub const DRAFTS_TITLE: &str = "这台设备上保存的推荐表";
/// What the list is for.
pub const DRAFTS_HELP: &str = "选一份接着填，或者另填一份";
/// Goes on with a draft.
pub const RESUME: &str = "接着填";
/// Shows the receipt of what was sent.
pub const SHOW_RECEIPT: &str = "查看回执";
/// Asks once more before a draft is removed.
pub const REMOVE_SURE: &str = "确定删除，不能恢复";
/// Asks once more before words go that are kept nowhere.
pub const LEAVE_SURE: &str = "已填的内容没有保存，确定丢弃";
/// Of a draft that this version cannot open.
pub const DRAFT_NEWER: &str = "由更新的版本保存。刷新网页后再打开";
/// The heading over answers that the form has no place for any more.
pub const LEFT_OVER: &str = "表格有改动，下面的内容没有对应的位置了";
/// What to do about them.
pub const LEFT_OVER_HELP: &str = "需要的复制到别处，不需要的点“不要了”。其他内容都已带过来";
/// Copies a text.
pub const COPY: &str = "复制";
/// Lets go of a text.
pub const DROP_TEXT: &str = "不要了";
/// The heading over taking a draft away.
pub const TAKE_AWAY_TITLE: &str = "换一台电脑接着填";
/// What taking it away means.
pub const TAKE_AWAY_HELP: &str =
    "把已填的内容和附件存成一个加密文件，带到别的电脑上打开。口令自己定、自己记住，忘了就打不开";
/// Makes the file.
pub const TAKE_AWAY: &str = "存成加密文件";
/// The heading over opening a file.
pub const BRING_IN_TITLE: &str = "打开从别的电脑带来的草稿";
/// The label of the file.
pub const PARCEL_FILE: &str = "草稿文件";
/// Opens the file.
pub const BRING_IN: &str = "打开草稿文件";
/// The label of the passphrase.
pub const PHRASE: &str = "口令（至少8个字符）";
/// The passphrase is too short.
pub const PHRASE_SHORT: &str = "口令太短，至少8个字符，最好是几个不相干的词";
/// No file was chosen.
pub const NO_PARCEL: &str = "先选择草稿文件";
/// The file is being made.
pub const PACKING: &str = "正在加密，请稍候";
/// The file is being opened.
pub const UNPACKING: &str = "正在打开，请稍候";
/// The file is made.
pub const PACKED: &str = "已存成文件，在浏览器的下载文件夹里";
/// There is no cryptography.
pub const PARCEL_INSECURE: &str = "这个网站没有使用安全连接（https），不能加密，也打不开加密文件";
/// No parcel, or not whole.
pub const PARCEL_DAMAGED: &str = "这不是草稿文件，或者文件不完整。重新复制一份再试";
/// A wrong passphrase.
pub const PARCEL_PHRASE: &str = "口令不对。核对大小写和空格，再试一次";
/// A draft of another form.
pub const PARCEL_OTHER: &str = "这份草稿属于另一份表。打开那份表的网页，再打开这个文件";
/// A draft of a newer version.
pub const PARCEL_NEWER: &str = "这份草稿由更新的版本保存。刷新网页后再试";
/// The name of the file.
pub const PARCEL_NAME: &str = "推荐表草稿.nfdraft";
/// Stops an upload for now.
pub const PAUSE: &str = "暂停";
/// Goes on with an upload.
pub const GO_ON: &str = "继续上传";

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

/// Where the work is kept.
pub fn keeping(keeping: Keeping, utc_offset_minutes: i32) -> String {
    match keeping {
        Keeping::Nothing => "填写的内容会自动保存在本机（加密）".to_owned(),
        Keeping::Saving => "正在保存".to_owned(),
        Keeping::Saved(time) => format!("已保存在本机 {}", clock(time, utc_offset_minutes)),
        Keeping::Elsewhere => "已另存为一份草稿".to_owned(),
        Keeping::Memory | Keeping::Host => "没有保存在本机".to_owned(),
        Keeping::Insecure | Keeping::Blocked | Keeping::Full => "没有保存".to_owned(),
    }
}

/// What follows where the work is in this page alone, and what to do.
pub fn not_kept(keeping: Keeping) -> Option<&'static str> {
    Some(match keeping {
        Keeping::Memory => "内容只在这个页面里，关掉就没有了。填完请当场提交",
        Keeping::Insecure => {
            "这个网站没有使用安全连接（https），内容只在这个页面里，关掉就没有了。填完请当场提交"
        }
        Keeping::Blocked => {
            "浏览器不让保存（可能是无痕窗口，或关闭了网站数据）。内容只在这个页面里，不要关掉；填完请当场提交，或换一个普通窗口填写"
        }
        Keeping::Full => {
            "本机存储空间满了，新的内容没有保存，只在这个页面里。不要关掉；清理一些空间后会自动再保存"
        }
        Keeping::Elsewhere => {
            "这份草稿在另一个窗口里打开了。这里的内容另存成了一份新草稿，两份都在。只提交其中一份就行"
        }
        _ => return None,
    })
}

/// Whether the page may be closed while the nomination is on its way.
pub fn kept_while_sending(keeping: Keeping, utc_offset_minutes: i32) -> String {
    match keeping {
        Keeping::Saved(time) => {
            let when = clock(time, utc_offset_minutes);
            format!("已保存在本机 {when}。关掉页面也不会丢，下次打开会自动接着提交")
        }
        Keeping::Nothing | Keeping::Saving => "填写的内容都还在".to_owned(),
        _ => "填写的内容只在这个页面里，提交完之前不要关掉".to_owned(),
    }
}

/// What a person is told who comes back.
pub fn resumed(resumed: &Resumed, utc_offset_minutes: i32) -> Vec<String> {
    let when = resumed.saved_at.map(|at| time(at, utc_offset_minutes)).unwrap_or_default();
    let mut lines = vec![format!("已恢复{when}保存的内容，可以接着填")];
    if resumed.changed {
        lines.push("主办单位修改过这份表，请从头核对一遍".to_owned());
    }
    if resumed.lost_files > 0 {
        lines.push(format!("有{}个文件没有保存完整，请重新选择", resumed.lost_files));
    }
    if resumed.choosing {
        lines.push("上次选择文件时页面被系统关掉了，请再选一次".to_owned());
    }
    lines
}

/// A draft's name in the list.
pub fn draft_name(title: &str, nominee: &str) -> String {
    if nominee.is_empty() {
        format!("{title}（还没填姓名）")
    } else {
        format!("{nominee}：{title}")
    }
}

/// Of a draft of this form.
pub fn draft_saved(when: &str) -> String {
    format!("{when}保存，还没有提交")
}

/// Of a draft that belongs to another form of the site.
pub fn draft_of_other_form(when: &str) -> String {
    format!("{when}保存，还没有提交。要接着填，打开那份表的网页")
}

/// Of a nomination that is in.
pub fn draft_sent(receipt: &str, when: &str) -> String {
    format!("已送达，回执{receipt}，{when}")
}

/// How long an upload will take.
pub fn remaining(ms: u64) -> String {
    match ms.div_ceil(1000) {
        0..=5 => "马上传完".to_owned(),
        seconds @ 6..=90 => format!("还要约{}秒", seconds.div_ceil(5) * 5),
        seconds => format!("还要约{}分钟", seconds.div_ceil(60)),
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
        "damaged" => "传到主办单位的文件有损坏，点“重新上传”再试一次；还是不行，换一个网络",
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
    let (month, clock) = (day.month().month(), clock(moment, utc_offset_minutes));
    format!("{}年{month}月{}日 {clock}", day.year(), day.day_of_month())
}

/// The time of day on the campaign's clock: 10:00.
fn clock(moment: Instant, utc_offset_minutes: i32) -> String {
    let seconds = moment.utc_seconds() + i64::from(utc_offset_minutes) * 60;
    let minutes = seconds.rem_euclid(86_400) / 60;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Takes a photo with the device's own camera.
pub const TAKE_PHOTO: &str = "拍照";
/// Opens the cropping of a photo.
pub const CROP_PHOTO: &str = "裁剪照片";
/// Stands before what no machine sees in a photo.
pub const LOOK_YOURSELF: &str = "自己核对：";
/// What to do about a photo that a messenger has shrunk.
pub const SEND_ORIGINAL: &str = "微信会压缩照片，发送时选“原图”，或用数据线、邮箱传";

/// The heading over what is asked of a photo.
pub fn photo_asked(marks: &[Mark]) -> &'static str {
    if marks.contains(&Mark::Open) {
        "照片要求"
    } else if marks.iter().any(|mark| matches!(mark, Mark::Unseen | Mark::Doubtful | Mark::Wrong)) {
        "照片要求：有要核对的"
    } else {
        "照片要求：都符合"
    }
}

/// How a photo stands to a point: for host scripts, and in words.
pub fn photo_mark(mark: Mark) -> (&'static str, &'static str) {
    const MARKS: [(&str, &str); 6] = [
        ("free", ""),
        ("open", ""),
        ("unseen", "没有查出"),
        ("fits", "符合"),
        ("doubtful", "可能不符合"),
        ("wrong", "不符合"),
    ];
    MARKS.get(mark as usize).copied().unwrap_or_default()
}

/// What is asked of a photo in a point, after what was found.
pub fn photo_point(point: Point, asked: &PhotoSettings, found: Option<&String>) -> String {
    const NAMES: [&str; 6] = ["格式：", "大小：", "宽高比例：", "像素：", "底色：", "色彩：彩色"];
    let mut words = NAMES.get(point as usize).copied().unwrap_or_default().to_owned();
    if let Some(found) = found {
        add(&mut words, found);
        add(&mut words, "，要求");
    }
    match point {
        Point::Format => add(&mut words, &asked.formats.join("或").to_ascii_uppercase()),
        Point::Bytes => {
            if asked.min_bytes > 0 {
                add(&mut words, &round_size(asked.min_bytes));
                add(&mut words, "以上，");
            }
            add(&mut words, &round_size(asked.max_bytes));
            add(&mut words, "以内");
        }
        Point::Ratio => add(&mut words, &asked_ratios(asked).join("或")),
        Point::Pixels => {
            let exact = asked.exact.unwrap_or_default();
            let most = [asked.max_width, asked.max_height].map(Option::unwrap_or_default);
            add_sides(&mut words, exact, "");
            add_sides(&mut words, [asked.min_width, asked.min_height], "以上");
            add_sides(&mut words, most, "以内");
        }
        Point::Background => {
            let grounds = asked.background.0.iter().filter_map(|name| ground(name));
            add(&mut words, &grounds.collect::<Vec<_>>().join("或"));
        }
        Point::Colour => {}
    }
    words
}

/// Width and height and what they are bounds of; nothing where neither is one.
fn add_sides(words: &mut String, [width, height]: [u32; 2], bound: &str) {
    if width.max(height) > 0 {
        for (side, behind) in [(width, "×"), (height, bound)] {
            let any = "不限".to_owned();
            add(words, &if side > 0 { side.to_string() } else { any });
            add(words, behind);
        }
    }
}

/// Kept apart, for a growing text is much code.
#[inline(never)]
fn add(words: &mut String, more: &str) {
    words.push_str(more);
}

/// A size as notices give it: 1M, 20M, 500K.
fn round_size(bytes: u64) -> String {
    let (unit, name) = if bytes < 1_000_000 { (1000, "K") } else { (1_000_000, "M") };
    let mut words = (bytes / unit).to_string();
    add(&mut words, name);
    words
}
