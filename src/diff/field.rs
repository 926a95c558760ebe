//! Questions, of the form and within tables, groups and matrices.

use serde_json::Value;

use super::{Diff, Effect, kinds, limits, trial::trial};
use crate::campaign::{Field, FieldKind, MatrixEntry, Requirement, Severity};

/// What a table, a group or a matrix is called, where the questions are within one.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    path: &'a str,
    label: &'a str,
}

impl Diff {
    pub(super) fn fields(&mut self, old: &[&Field], new: &[&Field], around: Option<Around>) {
        for field in old {
            let (path, label) = named(field, around);
            match new.iter().find(|now| now.key == field.key) {
                Some(now) => self.field(field, now, &path, &label),
                None => self.field_removed(field, &path, &label),
            }
        }
        for field in new.iter().filter(|now| !old.iter().any(|known| known.key == now.key)) {
            let (path, label) = named(field, around);
            self.field_added(field, around.is_some(), &path, &label);
        }
        let keys = |fields: &[&Field]| fields.iter().map(|it| it.key.clone()).collect::<Vec<_>>();
        let (path, what) = around.map_or(("sections", "各项".to_owned()), |around| {
            (around.path, format!("“{}”中的各项", around.label))
        });
        self.order(&keys(old), &keys(new), path, &what);
    }

    fn field_removed(&mut self, field: &Field, path: &str, label: &str) {
        let then = if field.is_file() {
            "草稿中已选的文件不再报送"
        } else {
            "草稿中已填的内容会另列出来供本人抄录，不再报送"
        };
        let message = format!("去掉了“{label}”，{then}；还要用就保留这一项");
        self.say(Effect::Drops, "field-removed", path, message);
    }

    fn field_added(&mut self, field: &Field, is_column: bool, path: &str, label: &str) {
        let (effect, message) = if !asks(field) {
            (Effect::Safe, format!("新增“{label}”，可以不填，草稿不受影响"))
        } else if is_column {
            (
                Effect::AsksAgain,
                format!("新增必填的“{label}”，草稿中已有的内容要逐处补填；告诉填表人"),
            )
        } else {
            (Effect::AsksAgain, format!("新增必填的“{label}”，没有提交的草稿都要补填；告诉填表人"))
        };
        self.say(effect, "field-added", path, message);
    }

    fn field(&mut self, old: &Field, new: &Field, path: &str, label: &str) {
        if old.label != new.label {
            let message = format!(
                "“{label}”改为“{}”，已填的内容照旧；意思也变了的，去掉这一项，另起一个 key",
                new.label.base()
            );
            self.say(Effect::Safe, "label-changed", path, message);
        }
        let words = |it: &Field| {
            (it.print_label.clone(), it.help.clone(), it.seal.clone(), it.source.clone())
        };
        if words(old) != words(new) {
            self.wording(path, &format!("“{label}”的说明、印章或出处"));
        }
        self.required(old, new, path, label);
        self.missing(old.missing, new.missing, path, label);
        self.visible(old, new, path, label);
        if kinds::name(&old.kind) == kinds::name(&new.kind) {
            self.settings(old, new, path, label);
        } else {
            self.kind(old, new, path, label);
        }
    }

    fn required(&mut self, old: &Field, new: &Field, path: &str, label: &str) {
        if old.required == new.required {
            return;
        }
        let (effect, message) = match (&old.required, &new.required) {
            (_, Requirement::Fixed(false)) => {
                (Effect::Safe, format!("“{label}”不再必填，草稿不受影响"))
            }
            (Requirement::Fixed(true), _) => {
                (Effect::Safe, format!("“{label}”只在一些情形下必填，草稿不受影响"))
            }
            (_, Requirement::Fixed(true)) => {
                (Effect::AsksAgain, format!("“{label}”改为必填，没有填的草稿要补填；告诉填表人"))
            }
            _ => (
                Effect::AsksAgain,
                format!("“{label}”什么时候必填改了，有的草稿要补填；告诉填表人"),
            ),
        };
        self.say(effect, "required-changed", path, message);
    }

    fn missing(&mut self, old: Severity, new: Severity, path: &str, label: &str) {
        let message = match new {
            _ if old == new => return,
            Severity::Error => {
                format!("“{label}”没填的由提醒改为不能提交，草稿要填好才能提交；告诉填表人")
            }
            _ => format!("“{label}”没填的由不能提交改为提醒，草稿不填也能提交"),
        };
        self.say(Effect::JudgesDifferently, "missing-changed", path, message);
    }

    fn visible(&mut self, old: &Field, new: &Field, path: &str, label: &str) {
        if old.visible == new.visible {
            return;
        }
        let kept = "不显示时已填的内容留在草稿里，不核对也不报送";
        let (effect, then) = match &new.visible {
            // Where it is only hidden more often than it was, nobody is asked.
            Some(_) if old.visible.is_none() => (Effect::JudgesDifferently, kept.to_owned()),
            _ if asks(new) => {
                (Effect::AsksAgain, "原来不显示的草稿可能要补填；告诉填表人".to_owned())
            }
            None => (Effect::Safe, "这一项可以不填，草稿不受影响".to_owned()),
            Some(_) => (Effect::JudgesDifferently, kept.to_owned()),
        };
        self.say(effect, "visible-changed", path, format!("“{label}”什么时候显示改了，{then}"));
    }

    fn kind(&mut self, old: &Field, new: &Field, path: &str, label: &str) {
        let (before, after) = (kinds::said(&old.kind), kinds::said(&new.kind));
        // A number of a document or a telephone is more than a text that fits into the box.
        let is_number =
            matches!(new.kind, FieldKind::IdNumber | FieldKind::Phone | FieldKind::Uscc);
        let effect = match trial(old, new) {
            Effect::Safe if is_number => Effect::AsksAgain,
            effect => effect,
        };
        let then = match effect {
            Effect::Safe => "已填的内容照旧",
            Effect::JudgesDifferently => "已选的文件还在，按新的要求核对",
            Effect::AsksAgain => "已填的内容还在，不合新写法的要由本人改；告诉填表人",
            Effect::Drops if old.is_file() => {
                "已选的文件不再报送，要重新填；最好去掉这一项，另起一个 key"
            }
            Effect::Drops => {
                "放不下的回答会另列出来供本人抄录，要重新填；最好去掉这一项，另起一个 key"
            }
        };
        let message = format!("“{label}”由{before}改为{after}，{then}");
        self.say(effect, "kind-changed", path, message);
    }

    /// Two questions of one kind.
    fn settings(&mut self, old: &Field, new: &Field, path: &str, label: &str) {
        self.options(old, new, path, label);
        let around = Around { path, label };
        let (before, after): (Vec<_>, Vec<_>) =
            (old.columns().iter().collect(), new.columns().iter().collect());
        self.fields(&before, &after, Some(around));
        self.entries(old, new, around);
        for (key, before, after) in limits::differing(&json(&old.kind), &json(&new.kind)) {
            self.setting(new, (&key, &before, &after), path, label);
        }
    }

    fn setting(&mut self, field: &Field, of: (&str, &Value, &Value), path: &str, label: &str) {
        let (key, before, after) = of;
        match key {
            "options" | "codes" | "also" | "fields" | "entries" => {}
            "open" if *after == Value::Bool(true) => {
                let message = format!("“{label}”空着改为算“至今”，没有填的草稿会按新的核对");
                self.say(Effect::JudgesDifferently, "open-changed", path, message);
            }
            "open" => {
                let message = format!("“{label}”不再可以是“至今”，空着的要补填；告诉填表人");
                self.say(Effect::AsksAgain, "open-changed", path, message);
            }
            "tick" => {
                let message =
                    format!("“{label}”改了回答的样子，没有勾的草稿要重新看一遍；告诉填表人");
                self.say(Effect::AsksAgain, "tick-changed", path, message);
            }
            "caption" if *after == Value::Bool(true) => {
                let message = format!("“{label}”的每个文件都要写说明，草稿要补写；告诉填表人");
                self.say(Effect::AsksAgain, "caption-changed", path, message);
            }
            "per_row" => {
                let message = format!(
                    "“{label}”改了跟着哪张表的行，草稿中已选的文件不再报送；最好去掉这一项，另起一个 key"
                );
                self.say(Effect::Drops, "per-row-changed", path, message);
            }
            "default" | "start_with" => {
                let message = format!("改了“{label}”一开始的样子，只管新的表，草稿不受影响");
                self.say(Effect::Safe, "default-changed", path, message);
            }
            "unit" => {
                let (before, after) = (limits::said(before), limits::said(after));
                let message = format!(
                    "“{label}”的单位由{before}改为{after}，已填的数照旧，要由本人换算；告诉填表人，或者另起一个 key"
                );
                self.say(Effect::AsksAgain, "unit-changed", path, message);
            }
            "yes" | "no" => {
                let message = format!(
                    "“{label}”的回答换了叫法，已答的照旧；意思也变了的，去掉这一项，另起一个 key"
                );
                self.say(Effect::Safe, "option-label-changed", path, message);
            }
            key if limits::is_wording(key) => {
                self.wording(path, &format!("“{label}”的说法或样子"));
            }
            key => {
                let turn = limits::turn(key, before, after);
                let what = kinds::setting(&field.kind, key);
                let (before, after) = (limits::said(before), limits::said(after));
                let message = format!(
                    "“{label}”的{what}由{before}改为{after}，{}",
                    turn.then("草稿中的内容还在")
                );
                self.say(Effect::JudgesDifferently, turn.limit(), path, message);
            }
        }
    }

    /// What a matrix asks about.
    fn entries(&mut self, old: &Field, new: &Field, around: Around) {
        let at = |entry: &MatrixEntry| {
            (
                format!("{}.{}", around.path, entry.key),
                format!("{}·{}", around.label, called(entry)),
            )
        };
        for entry in old.entries() {
            let (path, label) = at(entry);
            let Some(now) = new.entries().iter().find(|now| now.key == entry.key) else {
                let message = format!(
                    "去掉了“{label}”，草稿中已填的内容会另列出来供本人抄录，不再报送；还要用就保留"
                );
                self.say(Effect::Drops, "entry-removed", &path, message);
                continue;
            };
            if called(entry) != called(now) || entry.source != now.source {
                self.wording(&path, &format!("“{label}”的叫法或出处"));
            }
            if entry.when != now.when {
                let message = format!(
                    "“{label}”什么时候问改了，不问时已填的内容留在草稿里，新问到的要补填；告诉填表人"
                );
                self.say(Effect::AsksAgain, "entry-condition-changed", &path, message);
            }
        }
        let known = |key: &str| old.entries().iter().any(|entry| entry.key == key);
        for entry in new.entries().iter().filter(|entry| !known(&entry.key)) {
            let (path, label) = at(entry);
            let message = format!("新增“{label}”，没有提交的草稿要补填；告诉填表人");
            self.say(Effect::AsksAgain, "entry-added", &path, message);
        }
        let keys =
            |it: &Field| it.entries().iter().map(|entry| entry.key.clone()).collect::<Vec<_>>();
        self.order(&keys(old), &keys(new), around.path, &format!("“{}”的各行", around.label));
    }
}

fn named(field: &Field, around: Option<Around>) -> (String, String) {
    let (key, label) = (field.key.clone(), field.label.base());
    around.map_or((key.clone(), label.to_owned()), |it| {
        (format!("{}.{key}", it.path), format!("{}·{label}", it.label))
    })
}

fn called(entry: &MatrixEntry) -> &str {
    entry.label.as_ref().map_or(&entry.key, |label| label.base())
}

/// Whether somebody may have to answer it. Of a table only who has rows has to fill in columns.
fn asks(field: &Field) -> bool {
    let parts = if let FieldKind::Rows(_) = &field.kind { &[] } else { field.columns() };
    field.required != Requirement::Fixed(false) || parts.iter().any(asks)
}

/// The settings of a kind as they would stand in the file.
fn json(kind: &FieldKind) -> Value {
    let json = serde_json::to_value(kind).unwrap_or_default();
    json.get(kinds::name(kind)).cloned().unwrap_or_default()
}
