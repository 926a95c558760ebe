//! Faults of a campaign that reads well but does not hold together.
//!
//! Reading has already refused unknown keys and wrong types; here are the references: every key a
//! rule or condition names must be a field that fits, every id must stand once.

mod conditions;
mod cost;
mod needs;
mod whole;

use cost::Cost;
use needs::{columns, logics, needs, row_logics};
use validator::{ValidateLength, ValidateRange};
#[cfg(not(target_arch = "wasm32"))]
pub(super) use whole::MAX_RATIO;

use super::{
    Campaign, ChoiceOption, ChoiceSettings, DeclaredRule, FORMAT, Fault, Field, FieldKind,
    FileSettings, LengthRule, MatrixSettings, OpinionsRule, PhotoSettings, Requirement, Rule,
    RuleKind, Track, Words,
};
use crate::standards::codes;

/// The most fields and columns one track may have.
const MAX_FIELDS: usize = 5_000;
/// The grounds that are told apart in a picture.
pub(super) const GROUNDS: [&str; 3] = ["blue", "red", "white"];
/// The most characters in a pattern of file names.
const MAX_PATTERN: usize = 200;
/// The most rows a table may take. Judging walks them all.
pub(super) const MAX_ROWS: u32 = 1_000;
/// The longest id of a campaign or track, in code points.
pub(super) const MAX_ID: u32 = 64;
/// The longest key of a field.
pub(super) const MAX_KEY: usize = 64;
/// The most tracks of a campaign, and sections of a track.
pub(super) const MAX_PARTS: u32 = 50;
/// How far a clock may be from UTC, in minutes: the places furthest west and east.
pub(super) const UTC_OFFSETS: [i32; 2] = [-720, 840];

/// All faults of `campaign`, in the order of the file.
pub(super) fn check(campaign: &Campaign) -> Vec<Fault> {
    run(campaign).faults
}

/// What is named where in a campaign without faults.
#[cfg(feature = "cli")]
pub(super) fn seen(campaign: &Campaign) -> super::lint::Seen<'_> {
    run(campaign).seen
}

fn run(campaign: &Campaign) -> Check<'_> {
    let mut check = Check {
        campaign,
        table: None,
        form: None,
        cost: Cost::default(),
        faults: Vec::new(),
        #[cfg(feature = "cli")]
        seen: super::lint::Seen::default(),
    };
    if campaign.format != FORMAT {
        let message = format!("format `{}`, this build reads `{FORMAT}`", campaign.format);
        check.fault("unknown-format", "/format".into(), message);
    }
    check.head();
    check.unique("/tracks", campaign.tracks.iter().map(|track| track.id.as_str()));
    for (i, track) in campaign.tracks.iter().enumerate() {
        check.track(track, &format!("/tracks/{i}"));
    }
    check
}

/// The keys of the fields a rule reads.
pub(super) fn reads(check: &RuleKind) -> Vec<&str> {
    needs::reads(check)
}

struct Check<'a> {
    campaign: &'a Campaign,
    /// The table whose columns are the variables just now.
    table: Option<String>,
    /// The fields of the form, while the variables are a row's.
    form: Option<Fields<'a>>,
    /// What the conditions of the track take.
    cost: Cost<'a>,
    faults: Vec<Fault>,
    /// What is come across on the way, for the doubts.
    #[cfg(feature = "cli")]
    seen: super::lint::Seen<'a>,
}

/// The fields that may be named, by key and in that order.
#[derive(Default, Clone)]
struct Fields<'a>(Vec<&'a Field>);

impl<'a> Fields<'a> {
    /// Fields and columns; of those with one key the first.
    fn of(fields: impl Iterator<Item = &'a Field>) -> Self {
        let mut all = Self::default();
        fields.for_each(|field| all.insert(field));
        all
    }

    fn insert(&mut self, field: &'a Field) {
        if let Err(at) = self.place(&field.key) {
            self.0.insert(at, field);
        }
    }

    fn get(&self, key: &str) -> Option<&'a Field> {
        self.0.get(self.place(key).ok()?).copied()
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|field| field.key.as_str().cmp(key))
    }
}

impl<'a> Check<'a> {
    fn fault(&mut self, code: &'static str, pointer: String, message: String) {
        self.faults.push(Fault::new(code, pointer, message));
    }

    /// The bounds of the head. `validator` tests; its derived reports, made for forms of any kind,
    /// would be a hash table of serialised values for each.
    fn head(&mut self) {
        let campaign = self.campaign;
        self.id(&campaign.id, "/id");
        if !campaign.revision.validate_range(Some(1), None, None, None) {
            self.out_of_bounds("/revision", "number", "at least 1");
        }
        if !campaign.utc_offset_minutes.validate_range(
            Some(UTC_OFFSETS[0]),
            Some(UTC_OFFSETS[1]),
            None,
            None,
        ) {
            self.out_of_bounds("/utc_offset_minutes", "number", "-720 to 840");
        }
        self.count(&campaign.tracks, "/tracks");
    }

    fn id(&mut self, id: &str, at: &str) {
        if !id.validate_length(Some(1), Some(MAX_ID.into()), None) {
            self.out_of_bounds(at, "length", "1 to 64");
        }
    }

    /// The number of tracks, or of sections.
    fn count(&mut self, parts: &impl ValidateLength<u64>, at: &str) {
        if !parts.validate_length(Some(1), Some(MAX_PARTS.into()), None) {
            self.out_of_bounds(at, "length", "1 to 50");
        }
    }

    fn out_of_bounds(&mut self, at: &str, what: &str, expected: &str) {
        let message = format!("{what} out of bounds, expected {expected}");
        self.fault("out-of-bounds", at.to_owned(), message);
    }

    fn unique<'i>(&mut self, at: &str, ids: impl Iterator<Item = &'i str>) {
        let mut ids: Vec<_> = ids.enumerate().map(|(i, id)| (id, i)).collect();
        ids.sort_unstable();
        let repeats = ids.windows(2).filter_map(|pair| match pair {
            [(before, _), (id, i)] if before == id => Some((*i, *id)),
            _ => None,
        });
        let mut repeats: Vec<_> = repeats.collect();
        repeats.sort_unstable();
        for (i, id) in repeats {
            let message = format!("`{id}` stands twice, expected once");
            self.fault("twice", format!("{at}/{i}"), message);
        }
    }

    fn track(&mut self, track: &'a Track, at: &str) {
        self.id(&track.id, &format!("{at}/id"));
        self.count(&track.sections, &format!("{at}/sections"));
        self.unique(&format!("{at}/sections"), track.sections.iter().map(|s| s.id.as_str()));
        let count: usize = track.fields().map(|field| 1 + field.columns().len()).sum();
        if count > MAX_FIELDS {
            let message = format!("{count} fields and columns, expected at most {MAX_FIELDS}");
            return self.fault("too-large", format!("{at}/sections"), message);
        }
        self.begin_cost();
        let mut fields = Fields::default();
        for (s, section) in track.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                let at = format!("{at}/sections/{s}/fields/{f}");
                if fields.get(&field.key).is_some() {
                    let message = format!("key `{}` stands twice, expected once", field.key);
                    self.fault("twice", format!("{at}/key"), message);
                }
                fields.insert(field);
            }
        }
        for (s, section) in track.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                self.field(field, &fields, &format!("{at}/sections/{s}/fields/{f}"));
            }
        }
        self.circles(track, &fields, at);
        self.whole(track, &fields, at);
        for (i, rule) in track.rules.iter().enumerate() {
            self.rule(rule, &fields, &format!("{at}/rules/{i}"));
        }
        self.outputs(track, &fields, at);
    }

    fn outputs(&mut self, track: &'a Track, fields: &Fields<'a>, at: &str) {
        self.unique(&format!("{at}/computed"), track.computed.iter().map(|c| c.key.as_str()));
        for (i, computed) in track.computed.iter().enumerate() {
            let at = format!("{at}/computed/{i}");
            self.known(&computed.beside, fields, &format!("{at}/beside"));
            self.logic(&computed.value, fields, &format!("{at}/value"));
        }
        for (i, column) in track.summary.iter().enumerate() {
            if let Some(key) = &column.field {
                self.known(key, fields, &format!("{at}/summary/{i}/field"));
            }
        }
    }

    fn field(&mut self, field: &'a Field, fields: &Fields<'a>, at: &str) {
        self.key(&field.key, at);
        if let Requirement::When(logic) = &field.required {
            // A file of each row is asked for row by row, so the variables are the row's.
            let table = field.per_row().and_then(|key| fields.get(key));
            let columns: Option<Fields> = table.map(|table| by_key(table.columns()));
            let at = format!("{at}/required");
            match &columns {
                Some(columns) => self.for_each_row(table, |it| it.logic(logic, columns, &at)),
                None => self.logic(logic, fields, &at),
            }
        }
        if let Some(logic) = &field.visible {
            self.logic(logic, fields, &format!("{at}/visible"));
        }
        let inside = format!("{at}/type");
        match &field.kind {
            FieldKind::Choice(choice) => self.choice(choice, fields, &format!("{inside}/choice")),
            FieldKind::File(file) => self.file(field, file, fields, &format!("{inside}/file")),
            FieldKind::Photo(photo) => self.photo(field, photo, fields, &format!("{inside}/photo")),
            FieldKind::Choices(choices) => {
                let at = format!("{inside}/choices");
                self.options(&choices.options, choices.codes.as_deref(), fields, &at);
            }
            FieldKind::Group(group) => {
                let at = format!("{inside}/group/fields");
                self.for_each_row(Some(field), |it| it.columns(&group.fields, &at));
            }
            FieldKind::Matrix(matrix) => {
                self.matrix(field, matrix, fields, &format!("{inside}/matrix"));
            }
            FieldKind::Rows(rows) => {
                if rows.max == 0 || rows.max > MAX_ROWS {
                    let message = format!("{} rows, expected 1 to {MAX_ROWS}", rows.max);
                    self.fault("out-of-bounds", format!("{inside}/rows/max"), message);
                }
                let at = format!("{inside}/rows/fields");
                self.for_each_row(Some(field), |it| it.columns(&rows.fields, &at));
            }
            _ => {}
        }
    }

    /// The columns of a table or matrix, the questions of a group.
    fn columns(&mut self, fields: &'a [Field], at: &str) {
        self.unique(at, fields.iter().map(|column| column.key.as_str()));
        if fields.is_empty() {
            self.fault("empty", at.to_owned(), "no field, expected at least one".into());
        }
        let columns = by_key(fields);
        for (i, column) in fields.iter().enumerate() {
            let at = format!("{at}/{i}");
            if column.is_file() || !column.columns().is_empty() {
                let message = "a table or a file in a column, expected a plain answer";
                self.fault("not-a-column", format!("{at}/type"), message.into());
            } else {
                self.field(column, &columns, &at);
            }
        }
    }

    fn matrix(&mut self, field: &Field, matrix: &'a MatrixSettings, fields: &Fields<'a>, at: &str) {
        let entries = format!("{at}/entries");
        self.unique(&entries, matrix.entries.iter().map(|entry| entry.key.as_str()));
        if matrix.entries.is_empty() {
            self.fault("empty", entries.clone(), "no entry, expected at least one".into());
        }
        for (i, entry) in matrix.entries.iter().enumerate() {
            let at = format!("{entries}/{i}");
            // A key may be the department's own name, and yet a path and a pointer.
            if !entry.key.validate_length(Some(1), Some(64), None) || entry.key.contains('.') {
                let message =
                    format!("key `{}`, expected 1 to 64 characters without `.`", entry.key);
                self.fault("bad-key", format!("{at}/key"), message);
            }
            if let Some(when) = &entry.when {
                self.logic(when, fields, &format!("{at}/when"));
            }
        }
        let at = format!("{at}/fields");
        self.for_each_row(Some(field), |it| it.columns(&matrix.fields, &at));
    }

    fn key(&mut self, key: &str, at: &str) {
        let fits = key.len() <= MAX_KEY
            && key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !fits {
            let message =
                format!("key `{key}`, expected small letters, digits and `_`, at most 64");
            self.fault("bad-key", format!("{at}/key"), message);
        }
    }

    fn options(
        &mut self,
        options: &'a [ChoiceOption],
        codes: Option<&str>,
        fields: &Fields<'a>,
        at: &str,
    ) {
        match codes {
            Some(name) if codes::table(name).is_none() => {
                let message = format!(
                    "unknown code table `{name}`, expected such as `sex`, `ethnicity`, `political`, `education`"
                );
                self.fault("unknown-codes", format!("{at}/codes"), message);
            }
            Some(_) if !options.is_empty() => {
                self.fault("both", at.into(), "`options` and `codes`, expected one of them".into());
            }
            None if options.is_empty() => {
                self.fault("empty", at.into(), "a choice without `options` or `codes`".into());
            }
            _ => {}
        }
        let at = format!("{at}/options");
        self.unique(&at, options.iter().map(|option| option.value.as_str()));
        for (i, option) in options.iter().enumerate() {
            if let Some(when) = &option.when {
                self.logic(when, fields, &format!("{at}/{i}/when"));
            }
        }
    }

    fn choice(&mut self, choice: &'a ChoiceSettings, fields: &Fields<'a>, at: &str) {
        self.options(&choice.options, choice.codes.as_deref(), fields, at);
        if let Some(default) = &choice.default {
            let known = choice.options.iter().any(|option| option.value == *default)
                || choice
                    .codes
                    .as_deref()
                    .is_some_and(|table| codes::find(table, default).is_some());
            if !known {
                let message = format!("default `{default}` is not among the options");
                self.fault("unknown-option", format!("{at}/default"), message);
            }
        }
    }

    fn file(&mut self, field: &Field, file: &FileSettings, fields: &Fields<'a>, at: &str) {
        self.formats(&file.formats, at);
        self.names(field, &file.file_name, fields, at);
        let safe = [file.min_bytes, file.safe_bytes].into_iter().max();
        self.order(safe, Some(file.max_bytes), &format!("{at}/max_bytes"));
        let least = Some(file.min_files.max(1).into());
        self.order(least, Some(file.max_files.into()), &format!("{at}/max_files"));
        let (min, max) = (file.min_seconds.map(u64::from), file.max_seconds.map(u64::from));
        self.order(min, max, &format!("{at}/max_seconds"));
        if let Some(rule) = &file.missing_rule {
            self.id(rule, &format!("{at}/missing_rule"));
        }
        if let Some(key) = &file.per_row
            && self.known(key, fields, &format!("{at}/per_row"))
        {
            self.fits(key, fields, &format!("{at}/per_row"), "a table", |kind| {
                matches!(kind, FieldKind::Rows(_))
            });
        }
    }

    /// A least figure above the greatest: nothing could ever fulfil both.
    fn order(&mut self, min: Option<u64>, max: Option<u64>, at: &str) {
        if let (Some(min), Some(max)) = (min, max)
            && max < min
        {
            let message = format!("{max} is below the least of {min}, expected at least as much");
            self.fault("out-of-bounds", at.to_owned(), message);
        }
    }

    /// Patterns of file names: short, every brace closed, and of fields with a plain answer.
    fn names(&mut self, field: &Field, patterns: &Words, fields: &Fields<'a>, at: &str) {
        let at = format!("{at}/file_name");
        for pattern in &patterns.0 {
            let closed = pattern.split('{').skip(1).all(|part| part.contains('}'));
            if !closed || pattern.is_empty() || pattern.chars().count() > MAX_PATTERN {
                let message = format!(
                    "a pattern that is empty, longer than {MAX_PATTERN} or with an open `{{`, expected such as `{{name}}-*.pdf`"
                );
                self.fault("bad-pattern", at.clone(), message);
            }
        }
        for key in field.named_by() {
            if self.known(key, fields, &at) {
                self.fits(key, fields, &at, "a field with one answer", |kind| {
                    !matches!(
                        kind,
                        FieldKind::Rows(_)
                            | FieldKind::Choices(_)
                            | FieldKind::Group(_)
                            | FieldKind::Matrix(_)
                            | FieldKind::File(_)
                            | FieldKind::Photo(_)
                    )
                });
            }
        }
    }

    fn photo(&mut self, field: &Field, photo: &PhotoSettings, fields: &Fields<'a>, at: &str) {
        self.formats(&photo.formats, at);
        self.names(field, &photo.file_name, fields, at);
        let safe = [photo.min_bytes, photo.safe_bytes].into_iter().max();
        self.order(safe, Some(photo.max_bytes), &format!("{at}/max_bytes"));
        let sides = [
            ("max_width", photo.min_width, photo.max_width),
            ("max_height", photo.min_height, photo.max_height),
        ];
        for (name, min, max) in sides {
            self.order(Some(min.into()), max.map(u64::from), &format!("{at}/{name}"));
        }
        for (i, [width, height]) in photo.ratios.iter().enumerate() {
            if !(*width > 0.0 && *height > 0.0) {
                self.fault(
                    "out-of-bounds",
                    format!("{at}/ratios/{i}"),
                    "expected figures above 0".into(),
                );
            }
        }
        for ground in photo.background.0.iter().filter(|it| !GROUNDS.contains(&it.as_str())) {
            let message = format!("ground `{ground}`, expected one of `blue`, `red`, `white`");
            self.fault("unknown-ground", format!("{at}/background"), message);
        }
    }

    fn formats(&mut self, formats: &[String], at: &str) {
        if formats.is_empty() {
            self.fault("empty", format!("{at}/formats"), "no format, expected at least one".into());
        }
        for (i, name) in formats.iter().enumerate() {
            if crate::files::Format::named(name).is_none() {
                let message = format!(
                    "unknown format `{name}`, expected such as `jpeg`, `png`, `pdf`, `docx`, `doc`"
                );
                self.fault("unknown-format-name", format!("{at}/formats/{i}"), message);
            }
        }
    }

    fn rule(&mut self, rule: &Rule, fields: &Fields<'a>, at: &str) {
        if let Some(when) = &rule.when {
            self.logic(when, fields, &format!("{at}/when"));
        }
        let Some(key) = &rule.each else { return self.kind(rule, fields, &format!("{at}/check")) };
        if !self.known(key, fields, &format!("{at}/each")) {
            return;
        }
        self.fits(key, fields, &format!("{at}/each"), "a table", |kind| {
            matches!(kind, FieldKind::Rows(_))
        });
        self.table = Some(key.clone());
        let columns = fields.get(key).map_or(&[][..], Field::columns);
        self.kind(rule, &by_key(columns), &format!("{at}/check"));
        self.table = None;
    }

    fn kind(&mut self, rule: &Rule, fields: &Fields<'a>, at: &str) {
        for (key, what, fits) in needs(&rule.check) {
            if self.known(key, fields, at) {
                self.fits(key, fields, at, what, fits);
            }
        }
        for (table, column) in columns(&rule.check) {
            #[cfg(feature = "cli")]
            self.seen.column(fields.get(table), column);
            // Of a field that has no columns this has been said already.
            if let Some(field) = fields.get(table)
                && !field.columns().is_empty()
                && !field.columns().iter().any(|known| known.key == column)
            {
                let message = format!("unknown column `{column}` of table `{table}`");
                self.fault("unknown-column", at.to_owned(), message);
            }
        }
        for (name, logic) in logics(&rule.check) {
            self.logic(logic, fields, &format!("{at}/{name}"));
        }
        for (name, table, logic) in row_logics(&rule.check) {
            let walked = fields.get(table);
            let columns = by_key(walked.map_or(&[][..], Field::columns));
            let outer = self.table.replace(table.to_owned());
            let at = format!("{at}/{name}");
            self.for_each_row(walked, |it| it.logic(logic, &columns, &at));
            self.table = outer;
        }
        match &rule.check {
            RuleKind::Declared(declared) => self.declared(declared, fields, at),
            RuleKind::Grades(grades) if grades.years.is_empty() || grades.pass.is_empty() => {
                let message = "no `years` or no `pass`, expected at least one of each";
                self.fault("empty", format!("{at}/grades"), message.into());
            }
            RuleKind::Length(length) => self.length(length, at),
            RuleKind::Either(either) if either.fields.len() < 2 => {
                let message = "fewer than two fields, expected several to choose from";
                self.fault("empty", format!("{at}/either/fields"), message.into());
            }
            RuleKind::Opinions(opinions) => self.always(opinions, fields, at),
            _ => {}
        }
    }

    /// A limit limits something, and bounds do not cross.
    fn length(&mut self, rule: &LengthRule, at: &str) {
        let at = format!("{at}/length");
        match (rule.min, rule.most()) {
            (None, None) => {
                let message = "no `max`, `min` or `approx`, expected at least one of them";
                self.fault("empty", at.clone(), message.into());
            }
            (Some(min), Some(max)) if min > max => {
                let message = format!("`min` {min} above `max` {max}, expected at most that");
                self.fault("out-of-bounds", at.clone(), message);
            }
            _ => {}
        }
        if let Some(approx) = &rule.approx
            && !(0.0 <= approx.ok && approx.ok <= approx.max_over && approx.ok < 1.0)
        {
            let message =
                "expected shares with `ok` from 0 to below 1 and `max_over` at least `ok`";
            self.fault("out-of-bounds", format!("{at}/approx"), message.into());
        }
    }

    /// The departments that must be asked are entries of the matrix.
    fn always(&mut self, rule: &OpinionsRule, fields: &Fields<'a>, at: &str) {
        let Some(field) = fields.get(&rule.field) else { return };
        for (i, key) in rule.always.iter().enumerate() {
            if !field.entries().iter().any(|entry| entry.key == *key) {
                let message = format!("unknown entry `{key}` of matrix `{}`", rule.field);
                self.fault("unknown-entry", format!("{at}/opinions/always/{i}"), message);
            }
        }
    }

    /// A declaration can only have a value that its field can have.
    fn declared(&mut self, rule: &DeclaredRule, fields: &Fields<'a>, at: &str) {
        if rule.fields.is_empty() {
            self.fault(
                "empty",
                format!("{at}/declared/fields"),
                "expected at least one field".into(),
            );
        }
        for (key, value) in &rule.fields {
            let fits = match fields.get(key).map(|field| &field.kind) {
                Some(FieldKind::YesNo(_)) => value.is_boolean(),
                Some(FieldKind::Number(_)) => value.is_number(),
                _ => true,
            };
            if !fits {
                let message =
                    format!("field `{key}` can never have this value, expected one of its kind");
                self.fault("wrong-kind", format!("{at}/declared/fields/{key}"), message);
            }
        }
    }

    fn known(&mut self, key: &str, fields: &Fields<'a>, at: &str) -> bool {
        let known = fields.get(key).is_some();
        #[cfg(feature = "cli")]
        self.seen.field(fields.get(key));
        if !known {
            let message = match &self.table {
                Some(table) => format!("unknown column `{key}`, expected one of table `{table}`"),
                None => format!("unknown field `{key}`, expected the key of a field of this track"),
            };
            self.fault("unknown-field", at.to_owned(), message);
        }
        known
    }

    fn fits(
        &mut self,
        key: &str,
        fields: &Fields<'a>,
        at: &str,
        what: &str,
        fits: fn(&FieldKind) -> bool,
    ) {
        if fields.get(key).is_some_and(|field| !fits(&field.kind)) {
            self.fault(
                "wrong-kind",
                at.to_owned(),
                format!("field `{key}` does not fit, expected {what}"),
            );
        }
    }
}

fn by_key(fields: &[Field]) -> Fields<'_> {
    Fields::of(fields.iter())
}
