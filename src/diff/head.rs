//! What stands at the head of a campaign file.

use super::{Diff, Effect};
use crate::campaign::Campaign;

const JUDGED: &str = "草稿会按新的核对，请填表人重新看一遍";

impl Diff {
    pub(super) fn head(&mut self, old: &Campaign, new: &Campaign) {
        if old.id != new.id {
            let message = format!(
                "评选编号由“{}”改为“{}”，所有草稿都留在旧编号下，打不开；改回原来的编号，或者先请填表人提交",
                old.id, new.id
            );
            self.say(Effect::Drops, "campaign-id-changed", "id", message);
        }
        self.dates(old, new);
        if old.utc_offset_minutes != new.utc_offset_minutes {
            let message = format!("换了时区，截止的时刻随着变；{JUDGED}");
            self.say(Effect::JudgesDifferently, "clock-changed", "utc_offset_minutes", message);
        }
        if old.scales != new.scales {
            let message = format!("改了等级的高低次序；{JUDGED}");
            self.say(Effect::JudgesDifferently, "scales-changed", "scales", message);
        }
        for (key, what, same) in [
            ("title", "评选名称", old.title == new.title),
            ("notice", "通知的文号", old.notice == new.notice),
            ("contact", "联系方式", old.contact == new.contact),
        ] {
            if !same {
                self.wording(key, what);
            }
        }
    }

    fn dates(&mut self, old: &Campaign, new: &Campaign) {
        if old.reference_date != new.reference_date {
            let message = format!(
                "基准日由{}改为{}，年龄和年限会重新计算；{JUDGED}",
                old.reference_date, new.reference_date
            );
            let code = "reference-date-changed";
            self.say(Effect::JudgesDifferently, code, "reference_date", message);
        }
        if old.deadline != new.deadline {
            let (code, then) = if new.deadline < old.deadline {
                ("deadline-earlier", "没有提交的草稿要赶在新的日期以前；通知填表人")
            } else {
                ("deadline-later", "草稿可以晚些提交；通知填表人")
            };
            let message = format!("截止日由{}改为{}，{then}", old.deadline, new.deadline);
            self.say(Effect::JudgesDifferently, code, "deadline", message);
        }
        if old.opens != new.opens {
            let day = |day: Option<_>| day.map_or("不限".to_owned(), |day| format!("{day}"));
            let message = format!(
                "开始受理的日期由{}改为{}，草稿能不能提交要按新的日期；通知填表人",
                day(old.opens),
                day(new.opens)
            );
            self.say(Effect::JudgesDifferently, "opens-changed", "opens", message);
        }
    }

    /// An edition that changed and bears the old number cannot be told from the old one.
    pub(super) fn revision(&mut self, old: &Campaign, new: &Campaign) {
        let is_other = !self.found.is_empty() || new.revision < old.revision;
        if is_other && new.revision <= old.revision {
            let message = format!(
                "内容改了，版本号还是{}，草稿和回执都分不清是哪一版；把 revision 改为{}",
                new.revision,
                old.revision.saturating_add(1)
            );
            self.say(Effect::AsksAgain, "revision-not-raised", "revision", message);
        }
    }
}
