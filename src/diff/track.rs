//! A track: its questions asked first, its sections, and what goes around the questions.

use super::{Diff, Effect};
use crate::campaign::{Field, Forms, Gate, Section, Track};

impl Diff {
    pub(super) fn tracks(&mut self, old: &Track, new: &Track) {
        if old.title != new.title {
            self.wording("title", "这一类的名称");
        }
        if old.before != new.before {
            self.wording("before", "填表前要准备的东西");
        }
        self.forms(&old.form, &new.form);
        self.gates(old, new);
        self.sections(old, new);
        self.moved(old, new);
        let (before, after): (Vec<_>, Vec<_>) = (old.fields().collect(), new.fields().collect());
        self.fields(&before, &after, None);
        self.rules(&old.rules, &new.rules);
        self.around(old, new);
    }

    fn forms(&mut self, old: &Forms, new: &Forms) {
        let judged = |forms: &Forms| {
            let cases = forms.0.iter().map(|form| (form.name.clone(), form.when.clone()));
            cases.collect::<Vec<_>>()
        };
        if judged(old) != judged(new) {
            let message = "改了用哪张表，草稿会按填写的内容重新选表；告诉收材料的人".to_owned();
            self.say(Effect::JudgesDifferently, "form-changed", "form", message);
        } else if old != new {
            self.wording("form", "表的全称");
        }
    }

    fn gates(&mut self, old: &Track, new: &Track) {
        for gate in &old.gates {
            let path = format!("gate:{}", gate.field);
            let label = label(old, gate);
            let Some(now) = new.gates.iter().find(|now| now.field == gate.field) else {
                let message = format!("“{label}”不再先问，也不再因此停下，草稿不受影响");
                self.say(Effect::Safe, "gate-removed", &path, message);
                continue;
            };
            if gate.stops_at != now.stops_at {
                let message = format!(
                    "“{label}”停下的答案改了，这样回答过的草稿会被清空；先请这些填表人另行报送"
                );
                self.say(Effect::Drops, "gate-changed", &path, message);
            } else if gate.message != now.message {
                self.wording(&path, &format!("“{label}”停下时说的话"));
            }
        }
        for gate in new.gates.iter().filter(|gate| !asked_first(old, gate)) {
            let (path, label) = (format!("gate:{}", gate.field), label(new, gate));
            if old.field(&gate.field).is_some() {
                let message = format!(
                    "“{label}”改为先问，已经答了停下的那一项的草稿会被清空，没有答的要先答；先请填表人另行报送"
                );
                self.say(Effect::Drops, "gate-added", &path, message);
            } else {
                let message =
                    format!("新增先问的“{label}”，草稿打开后要先回答它才看得到别的；告诉填表人");
                self.say(Effect::AsksAgain, "gate-added", &path, message);
            }
        }
        let names =
            |track: &Track| track.gates.iter().map(|it| it.field.clone()).collect::<Vec<_>>();
        self.order(&names(old), &names(new), "gates", "先问的问题");
    }

    fn sections(&mut self, old: &Track, new: &Track) {
        for section in &old.sections {
            let path = format!("section:{}", section.id);
            let title = section.title.base();
            let Some(now) = new.sections.iter().find(|now| now.id == section.id) else {
                let message = format!("去掉了“{title}”这一部分，其中各项的去留另有说明");
                self.say(Effect::Safe, "section-removed", &path, message);
                continue;
            };
            if (&section.title, &section.note) != (&now.title, &now.note) {
                self.wording(&path, &format!("“{title}”的标题或说明"));
            }
            if section.printed != now.printed {
                let message = format!("改了“{title}”是否印在表上，草稿不受影响");
                self.say(Effect::Safe, "print-changed", &path, message);
            }
        }
        for section in &new.sections {
            if !old.sections.iter().any(|before| before.id == section.id) {
                let title = section.title.base();
                let message = format!("新增“{title}”这一部分，其中各项另有说明");
                let path = format!("section:{}", section.id);
                self.say(Effect::Safe, "section-added", &path, message);
            }
        }
        let ids = |track: &Track| track.sections.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
        self.order(&ids(old), &ids(new), "sections", "各部分");
    }

    fn moved(&mut self, old: &Track, new: &Track) {
        for section in &old.sections {
            for field in &section.fields {
                let Some(now) = section_of(new, &field.key).filter(|now| now.id != section.id)
                else {
                    continue;
                };
                let message = format!(
                    "“{}”由“{}”移到“{}”，已填的内容跟着走",
                    field.label.base(),
                    section.title.base(),
                    now.title.base()
                );
                self.say(Effect::Safe, "field-moved", &field.key, message);
            }
        }
    }

    /// What one draft is not judged by.
    fn around(&mut self, old: &Track, new: &Track) {
        for (key, code, what, same) in [
            ("computed", "computed-changed", "算出来的数", old.computed == new.computed),
            ("print", "print-changed", "打印的样子", old.print == new.print),
            ("summary", "summary-changed", "汇总表的列", old.summary == new.summary),
            ("batch", "batch-changed", "整批材料的规则", old.batch == new.batch),
        ] {
            if !same {
                let message = format!("改了{what}，单份草稿不受影响");
                self.say(Effect::Safe, code, key, message);
            }
        }
    }
}

fn asked_first(track: &Track, gate: &Gate) -> bool {
    track.gates.iter().any(|known| known.field == gate.field)
}

fn label<'a>(track: &'a Track, gate: &'a Gate) -> &'a str {
    track.field(&gate.field).map_or(&gate.field, |field: &Field| field.label.base())
}

fn section_of<'a>(track: &'a Track, key: &str) -> Option<&'a Section> {
    track.sections.iter().find(|section| section.fields.iter().any(|field| field.key == key))
}
