//! What a choice offers.

use std::collections::BTreeSet;

use super::{Diff, Effect, trial::trial};
use crate::campaign::{ChoiceOption, Field, FieldKind};

impl Diff {
    /// Two choices of one kind.
    pub(super) fn options(&mut self, old: &Field, new: &Field, path: &str, label: &str) {
        let ((before, table, also), (after, now, also_now)) = (offered(old), offered(new));
        if table != now {
            let (effect, then) = match trial(old, new) {
                Effect::Drops => {
                    (Effect::Drops, "不在新的选项之中的回答会另列出来供本人抄录，要重新选")
                }
                effect => (effect, "已选的都还在新的选项之中，草稿不受影响"),
            };
            let message = format!("“{label}”换了代码表，{then}");
            return self.say(effect, "codes-changed", path, message);
        }
        let is_known = |word: &str| after.iter().any(|it| it.value == word);
        let gone = before.iter().filter(|it| !is_known(&it.value));
        let gone: BTreeSet<_> =
            gone.filter(|it| !also_now.contains(&it.value)).map(label_of).collect();
        let others = also.iter().filter(|word| !also_now.contains(word) && !is_known(word));
        let gone: BTreeSet<_> = gone.into_iter().chain(others.map(String::as_str)).collect();
        if !gone.is_empty() {
            let message = format!(
                "“{label}”去掉了选项{}，选了它的草稿会把这个回答另列出来，要重新选；只想不再给新填的人选，可以加条件",
                listed(gone)
            );
            self.say(trial(old, new), "option-removed", path, message);
        }
        let before_has = |word: &str| before.iter().any(|it| it.value == word);
        let added = after.iter().filter(|it| !before_has(&it.value)).map(label_of);
        let added: BTreeSet<_> = added
            .chain(also_now.iter().filter(|it| !also.contains(it)).map(String::as_str))
            .collect();
        if !added.is_empty() {
            let message = format!("“{label}”新增选项{}，草稿不受影响", listed(added));
            self.say(Effect::Safe, "option-added", path, message);
        }
        self.same_options(before, after, path, label);
    }

    /// The options that are in both.
    fn same_options(
        &mut self,
        before: &[ChoiceOption],
        after: &[ChoiceOption],
        path: &str,
        label: &str,
    ) {
        let both = || {
            let now = |old: &ChoiceOption| after.iter().find(|new| new.value == old.value);
            before.iter().filter_map(move |old| Some((old, now(old)?)))
        };
        let renamed = both().filter(|(old, new)| old.label != new.label);
        let renamed: BTreeSet<_> = renamed.map(|(old, _)| label_of(old)).collect();
        if !renamed.is_empty() {
            let message = format!(
                "“{label}”的选项{}换了叫法，选了它的草稿照旧；意思也变了的另起一个值",
                listed(renamed)
            );
            self.say(Effect::Safe, "option-label-changed", path, message);
        }
        let moved = both().filter(|(old, new)| old.when != new.when);
        let moved: BTreeSet<_> = moved.map(|(old, _)| label_of(old)).collect();
        if !moved.is_empty() {
            let message = format!(
                "“{label}”的选项{}什么时候可选改了，选了它的草稿回答还在，会按新的核对；告诉填表人",
                listed(moved)
            );
            self.say(Effect::JudgesDifferently, "option-condition-changed", path, message);
        }
        let values =
            |all: &[ChoiceOption]| all.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
        self.order(&values(before), &values(after), path, &format!("“{label}”的选项"));
    }
}

/// The options, the code table and the other words taken.
fn offered(field: &Field) -> (&[ChoiceOption], Option<&str>, &[String]) {
    match &field.kind {
        FieldKind::Choice(choice) => (&choice.options, choice.codes.as_deref(), &choice.also),
        FieldKind::Choices(choices) => (&choices.options, choices.codes.as_deref(), &[]),
        _ => (&[], None, &[]),
    }
}

fn label_of(option: &ChoiceOption) -> &str {
    option.label.base()
}

fn listed(words: BTreeSet<&str>) -> String {
    format!("“{}”", words.into_iter().collect::<Vec<_>>().join("”“"))
}
