//! What kinds of questions and rules are called, in the file and to the officer.

use crate::campaign::{FieldKind, RuleKind};

/// Its name in a campaign file.
pub(super) fn name(kind: &FieldKind) -> &'static str {
    both(kind).0
}

/// What the guide calls it.
pub(super) fn said(kind: &FieldKind) -> &'static str {
    both(kind).1
}

fn both(kind: &FieldKind) -> (&'static str, &'static str) {
    match kind {
        FieldKind::Text(_) => ("text", "一行文字"),
        FieldKind::PersonName => ("person_name", "姓名"),
        FieldKind::Essay(_) => ("essay", "长文字"),
        FieldKind::Number(_) => ("number", "数"),
        FieldKind::Month(_) => ("month", "年月"),
        FieldKind::Date => ("date", "年月日"),
        FieldKind::DayOrMonth => ("day_or_month", "年月日或年月"),
        FieldKind::YesNo(_) => ("yes_no", "是或否"),
        FieldKind::Choice(_) => ("choice", "选一项"),
        FieldKind::Choices(_) => ("choices", "选几项"),
        FieldKind::IdNumber => ("id_number", "证件号码"),
        FieldKind::Phone => ("phone", "电话"),
        FieldKind::Uscc => ("uscc", "统一社会信用代码"),
        FieldKind::Rows(_) => ("rows", "分行填写"),
        FieldKind::Group(_) => ("group", "放在一起的几问"),
        FieldKind::Matrix(_) => ("matrix", "对几个对象问同样的话"),
        FieldKind::Photo(_) => ("photo", "照片"),
        FieldKind::File(_) => ("file", "附件"),
    }
}

/// What a setting of a kind is called; its key where the officer is best served by that.
pub(super) fn setting(kind: &FieldKind, key: &str) -> String {
    let words = match (kind, key) {
        (FieldKind::Rows(_), "max") => "最多行数",
        (FieldKind::Rows(_), "min") => "最少行数",
        (FieldKind::Choices(_), "max") => "最多项数",
        (FieldKind::Choices(_), "min") => "最少项数",
        (_, "max") => "最大值",
        (_, "min") => "最小值",
        (_, "whole") => "“只要整数”",
        (_, "max_chars") => "最多字符数",
        (_, "formats") => "格式",
        (_, "min_bytes") => "最少字节数",
        (_, "safe_bytes") => "提醒的字节数",
        (_, "max_bytes") => "最多字节数",
        (_, "max_total_bytes") => "合计最多字节数",
        (_, "min_files") => "最少个数",
        (_, "max_files") => "最多个数",
        (_, "min_seconds") => "最短秒数",
        (_, "max_seconds") => "最长秒数",
        (_, "min_width") => "最小宽度",
        (_, "max_width") => "最大宽度",
        (_, "min_height") => "最小高度",
        (_, "max_height") => "最大高度",
        (_, "background") => "底色",
        (_, "file_name") => "文件名",
        (_, key) => return format!("设置 {key} "),
    };
    words.to_owned()
}

/// What a rule looks at.
pub(super) fn rule(kind: &RuleKind) -> &'static str {
    match kind {
        RuleKind::IdDocument(_) => "证件号码",
        RuleKind::IdBirth(_) => "出生年月与证件一致",
        RuleKind::IdSex(_) => "性别与证件一致",
        RuleKind::Phone(_) => "电话号码",
        RuleKind::Uscc(_) => "统一社会信用代码",
        RuleKind::UsccKind(_) => "代码与类别相符",
        RuleKind::Length(_) => "字数",
        RuleKind::Listed(_) => "在选项之中",
        RuleKind::Declared(_) => "声明的内容",
        RuleKind::Periods(_) => "起止时间",
        RuleKind::Distinct(_) => "没有相同的两行",
        RuleKind::Continuity(_) => "经历不断档",
        RuleKind::FirstRow(_) => "最早一段",
        RuleKind::Tenure(_) => "年限",
        RuleKind::Grades(_) => "每年的等次",
        RuleKind::Notice(_) => "公示的工作日",
        RuleKind::Notices(_) => "同时公示",
        RuleKind::Opinions(_) => "部门意见",
        RuleKind::Either(_) => "几项里填几项",
        RuleKind::Must(_) => "条件要成立",
        RuleKind::Note(_) => "提示",
        RuleKind::Late(_) => "截止",
        RuleKind::Early(_) => "开始受理",
        RuleKind::Variant => "所用的表",
    }
}
