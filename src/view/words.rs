//! The words of the form itself, each under a name of its own. Those about answers are the engine's.
//!
//! What they say stands in the catalogues (`src/words`). Plain words: what it is, what to do. No blame,
//! no full stop at the end of a label or message.

mod photo;

use crate::campaign::LengthRule;
use crate::rules::{DaysOff, NoticePlan, Stretch};
use crate::session::{Announcement, Delay, Keeping, Progress, Resumed, Stage, Upload};
use crate::standards::{Day, Instant, Month, Policy};
use crate::words::{Key, Words, key, say};

/// Texts without parameters: the name is the key.
macro_rules! plain {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        impl Words {
            $($(#[doc = $doc])* pub fn $name(&self) -> &str {
                self.word(key!(stringify!($name)))
            })*
        }
    };
}

plain! {
    /// Shown behind the label of a field that may stay empty.
    optional;
    /// The first entry of a list to choose from.
    choose;
    /// Opens the lists to choose a month or a day from.
    choose_date;
    /// Over the list of years.
    list_year;
    /// Over the list of months.
    list_month;
    /// Over the list of days.
    list_day;
    /// The words for `true`.
    yes;
    /// The words for `false`.
    no;
    /// Opens the clause behind a field or problem.
    source;
    /// What an empty end of a row stands for.
    still;
    /// The heading over what to have at hand.
    before;
    /// The button that sends.
    submit;
    /// What sending means.
    submit_note;
    /// Takes a row away.
    remove;
    /// Asks for words about a file.
    caption;
    /// Chooses a photo.
    choose_photo;
    /// Takes a photo with the device's own camera.
    take_photo;
    /// Has a photo cropped.
    crop_title;
    /// What to do about a photo that a messenger has shrunk.
    photo_original;
    /// Chooses a document.
    choose_file;
    /// Of a slot that has its file.
    given;
    /// The same where it will not do.
    given_refused;
    /// Of a slot that has none yet.
    not_given;
    /// Chooses one more document.
    choose_more;
    /// Chooses another file in place of the present one.
    choose_other;
    /// Tries a failed upload again.
    upload_again;
    /// The heading over the printed lines of a table.
    printed;
    /// Tries to send at once.
    try_now;
    /// Goes on after signing in.
    signed_in;
    /// Goes back to the form.
    go_back;
    /// The heading over why the form stops.
    stopped;
    /// Answers again the question that stopped the form.
    gate_back;
    /// How a grave problem is announced.
    problem;
    /// How a warning is announced.
    warning;
    /// How a hint is announced.
    hint;
    /// The switch for computers that others use too.
    public_computer;
    /// What the switch does.
    public_computer_help;
    /// Begins another nomination.
    new_draft;
    /// Begins another nomination after one is in.
    another;
    /// Shows the drafts of this device.
    drafts;
    /// The heading over the drafts of this device.
    drafts_title;
    /// What the list is for.
    drafts_help;
    /// Goes on with a draft.
    resume;
    /// Shows the receipt of what was sent.
    show_receipt;
    /// Asks once more before a draft is removed.
    remove_sure;
    /// Has a removed row back.
    put_back;
    /// Asks once more before words go that are kept nowhere.
    leave_sure;
    /// Of a draft that this version cannot open.
    draft_newer;
    /// The heading over answers that the form has no place for any more.
    left_over;
    /// What to do about them.
    left_over_help;
    /// Copies a text.
    copy;
    /// Lets go of a text.
    drop_text;
    /// The heading over taking a draft away.
    take_away_title;
    /// What taking it away means.
    take_away_help;
    /// Makes the file.
    take_away;
    /// The heading over opening a file.
    bring_in_title;
    /// The label of the file.
    parcel_file;
    /// Opens the file.
    bring_in;
    /// The label of the passphrase.
    phrase;
    /// The passphrase is too short.
    phrase_short;
    /// No file was chosen.
    no_parcel;
    /// The file is being made.
    packing;
    /// The file is being opened.
    unpacking;
    /// The file is made.
    packed;
    /// There is no cryptography.
    parcel_insecure;
    /// No parcel, or not whole.
    parcel_damaged;
    /// A wrong passphrase.
    parcel_phrase;
    /// A draft of another form.
    parcel_other;
    /// A draft of a newer version.
    parcel_newer;
    /// The name of the file.
    parcel_name;
    /// Stops an upload for now.
    pause;
    /// Goes on with an upload.
    go_on;
    /// The label of the receipt's number.
    receipt;
    /// The label of when it arrived.
    received_at;
    /// The heading over the receipt.
    done;
    /// What the receipt is good for.
    done_note;
    /// The name of the list of parts.
    parts_title;
    /// Goes to the part before.
    previous;
    /// Goes to the next part.
    next;
    /// Looks through the whole.
    review;
    /// The heading over the whole.
    review_title;
    /// What to do with it.
    review_note;
    /// Changes one answer.
    edit;
    /// Stands for an answer that is not given.
    not_filled;
    /// Between the answers of a row.
    parts;
    /// Between several choices.
    join;
    /// Prints.
    print;
    /// Where a date is written by hand.
    blank_date;
    /// The switch to larger text.
    large_text;
    /// The heading over a history drawn in order of time.
    timeline;
    /// Of a row that counts as service.
    counted;
    /// Adds a line for months that no row covers.
    fill_gap;
    /// In the box that finds an entry of a list.
    find_example;
    /// Gives a text the whole screen.
    whole_screen;
    /// Gives the screen back.
    written;
    /// Before the part of a text that is too much.
    surplus;
    /// Marks that part in the text.
    mark_surplus;
    /// An example of a month.
    example_month;
    /// An example of a day.
    example_date;
    /// An example of a day and of a month.
    example_either;
}

/// Texts with parameters.
impl Words {
    /// A name or label, and what is said of it.
    pub fn pair(&self, what: &str, words: &str) -> String {
        say!(self, "pair", what = what, words = words)
    }

    /// What a button does to what.
    pub fn named(&self, words: &str, name: &str) -> String {
        say!(self, "named", words = words, name = name)
    }

    /// A word aside, such as the number of the notice behind its title.
    pub fn brackets(&self, words: &str) -> String {
        say!(self, "brackets", words = words)
    }

    /// The heading of a row: 第2条经历.
    pub fn row(&self, label: &str, number: usize) -> String {
        self.of_row(key!("row"), label, number)
    }

    fn of_row(&self, key: Key, label: &str, number: usize) -> String {
        self.say(key, "label number ", &[&label, &number])
    }

    /// The heading of the file that belongs to a row, with the row as it is printed.
    pub fn row_file(&self, label: &str, number: usize, line: &str) -> String {
        let row = self.row(label, number);
        if line.is_empty() { row } else { self.pair(&row, line) }
    }

    /// The button that adds a row.
    pub fn add_row(&self, label: &str, empty: bool) -> String {
        self.say(if empty { key!("add_row") } else { key!("add_more") }, "label ", &[&label])
    }

    /// The button that removes a row.
    pub fn remove_row(&self, label: &str, number: usize) -> String {
        self.of_row(key!("remove_row"), label, number)
    }

    /// Under a text that is counted.
    pub fn counter(&self, count: usize, rule: &LengthRule) -> String {
        let way = self.word(match rule.unit {
            Policy::Word => key!("way_word"),
            Policy::CharsNoSpace => key!("way_no_space"),
            Policy::HanOnly => key!("way_han"),
            _ => key!("way_all"),
        });
        if let Some(about) = &rule.approx {
            let (target, (low, high)) = (about.target, about.about());
            return say!(
                self,
                "counter_about",
                count = count,
                target = target,
                low = low,
                high = high,
                way = way
            );
        }
        let max = rule.most().unwrap_or_default();
        let left = match (max as usize).checked_sub(count) {
            Some(left) => say!(self, "counter_left", left = left),
            None => say!(self, "counter_over", over = count - max as usize),
        };
        let key = if rule.min.is_some() { key!("counter_between") } else { key!("counter_most") };
        let min = rule.min.unwrap_or_default();
        self.say(key, "count left min max way ", &[&count, &left, &min, &max, &way])
    }

    /// Which of the notice's forms this is.
    pub fn form_case(&self, name: &str, title: Option<&str>) -> String {
        let key = if title.is_some() { key!("form_case_titled") } else { key!("form_case") };
        self.say(key, "name title ", &[&name, &title.unwrap_or_default()])
    }

    /// Where the work is kept.
    pub fn keeping(&self, keeping: Keeping, utc_offset_minutes: i32) -> String {
        let key = match keeping {
            Keeping::Nothing => key!("keeping_nothing"),
            Keeping::Saving => key!("keeping_saving"),
            Keeping::Saved(time) => {
                let clock = clock(time, utc_offset_minutes);
                return say!(self, "keeping_saved", clock = clock);
            }
            Keeping::Elsewhere => key!("keeping_elsewhere"),
            Keeping::Memory | Keeping::Host => key!("keeping_memory"),
            Keeping::Insecure | Keeping::Blocked | Keeping::Full => key!("keeping_not"),
        };
        self.word(key).to_owned()
    }

    /// What follows where the work is in this page alone, and what to do; empty where it is not.
    pub fn not_kept(&self, keeping: Keeping) -> &str {
        self.word(match keeping {
            Keeping::Memory => key!("not_kept_memory"),
            Keeping::Insecure => key!("not_kept_insecure"),
            Keeping::Blocked => key!("not_kept_blocked"),
            Keeping::Full => key!("not_kept_full"),
            Keeping::Elsewhere => key!("not_kept_elsewhere"),
            _ => return "",
        })
    }

    /// Whether the page may be closed while the nomination is on its way.
    pub fn kept_while_sending(&self, keeping: Keeping, utc_offset_minutes: i32) -> String {
        match keeping {
            Keeping::Saved(time) => {
                say!(self, "sending_kept", when = clock(time, utc_offset_minutes))
            }
            Keeping::Nothing | Keeping::Saving => self.word(key!("sending_there")).to_owned(),
            _ => self.word(key!("sending_here")).to_owned(),
        }
    }

    /// What a person is told who comes back.
    pub fn resumed(&self, resumed: &Resumed, utc_offset_minutes: i32) -> Vec<String> {
        let when = resumed.saved_at.map(|at| self.time(at, utc_offset_minutes)).unwrap_or_default();
        let mut lines = vec![say!(self, "resumed", when = when)];
        if resumed.changed {
            lines.push(self.word(key!("resumed_changed")).to_owned());
        }
        if resumed.lost_files > 0 {
            lines.push(say!(self, "resumed_lost", count = resumed.lost_files));
        }
        if resumed.choosing {
            lines.push(self.word(key!("resumed_choosing")).to_owned());
        }
        lines
    }

    /// A draft's name in the list.
    pub fn draft_name(&self, title: &str, nominee: &str) -> String {
        if nominee.is_empty() {
            say!(self, "draft_unnamed", title = title)
        } else {
            self.pair(nominee, title)
        }
    }

    /// Of a draft of this form, or of another form of the site.
    pub fn draft_saved(&self, here: bool, when: &str) -> String {
        self.say(
            if here { key!("draft_saved") } else { key!("draft_of_other_form") },
            "when ",
            &[&when],
        )
    }

    /// Of a nomination that is in.
    pub fn draft_sent(&self, receipt: &str, when: &str) -> String {
        say!(self, "draft_sent", receipt = receipt, when = when)
    }

    /// How long an upload will take.
    pub fn remaining(&self, ms: u64) -> String {
        match ms.div_ceil(1000) {
            0..=5 => self.word(key!("remaining_soon")).to_owned(),
            seconds @ 6..=90 => {
                say!(self, "remaining_seconds", seconds = seconds.div_ceil(5) * 5)
            }
            seconds => say!(self, "remaining_minutes", minutes = seconds.div_ceil(60)),
        }
    }

    /// A picture's size.
    pub fn pixels(&self, width: u32, height: u32) -> String {
        say!(self, "pixels", width = width, height = height)
    }

    /// How much of a material is wanted on paper.
    pub fn copies(&self, copies: &str) -> String {
        say!(self, "copies", copies = copies)
    }

    /// Whose stamp a material must bear.
    pub fn stamped(&self, whose: &str) -> String {
        say!(self, "stamped", whose = whose)
    }

    /// The heading over so many problems that stand in the way of sending; without any, the host has refused.
    pub fn not_sent(&self, problems: usize) -> String {
        match problems {
            0 => self.word(key!("summary_refused")).to_owned(),
            _ => say!(self, "summary", count = problems),
        }
    }

    /// What is found, with the question it is about, where it does not name that itself.
    pub fn about(&self, label: &str, message: &str) -> String {
        if message.contains(label) { message.to_owned() } else { self.pair(label, message) }
    }

    /// Which files a slot takes.
    pub fn taken(&self, formats: &[String], max_bytes: u64) -> String {
        let size = self.megabytes(max_bytes);
        let formats = formats.join(self.join()).to_ascii_uppercase();
        say!(self, "taken", formats = formats, size = size)
    }

    /// Under a slot for several files.
    pub fn most_files(&self, room: usize) -> String {
        say!(self, "most_files", room = room)
    }

    /// How far a file is, where that is a share of it.
    pub fn upload(&self, state: &'static str, percent: u64, left: &str) -> String {
        let key = match state {
            "reading" => key!("upload_reading"),
            "unreadable" => key!("upload_unreadable"),
            "held" => key!("upload_held"),
            "sending" => key!("upload_sending"),
            "paused" => key!("upload_paused"),
            "waiting" => key!("upload_waiting"),
            _ => key!("upload_done"),
        };
        self.say(key, "percent left ", &[&percent, &left])
    }

    /// What is said of a file that was given up.
    pub fn upload_failed(&self, code: &str) -> &str {
        self.word(match code {
            "too-large" => key!("upload_too_large"),
            "sign-in" => key!("upload_sign_in"),
            "damaged" => key!("upload_damaged"),
            _ => key!("upload_failed"),
        })
    }

    /// The ground of a photo.
    pub fn ground(&self, background: &str) -> Option<&str> {
        Some(self.word(match background {
            "blue" => key!("ground_blue"),
            "red" => key!("ground_red"),
            "white" => key!("ground_white"),
            "grey" => key!("ground_grey"),
            _ => return None,
        }))
    }

    /// Why a refused sending was refused, where the host gave no reasons.
    pub fn rejected(&self, status: u16) -> String {
        let why = self.word(match status {
            413 => key!("rejected_large"),
            404 | 405 => key!("rejected_nowhere"),
            400 | 415 => key!("rejected_unread"),
            _ => key!("rejected_other"),
        });
        say!(self, "rejected", why = why, status = status)
    }

    /// The heading and the words over a nomination that is on its way; nothing in other stages.
    pub fn stage(&self, stage: &Stage) -> Option<(&str, &str)> {
        let (title, note) = match stage {
            Stage::Uploading => (key!("uploading"), key!("uploading_note")),
            Stage::Posting => (key!("posting"), key!("posting_note")),
            Stage::Waiting(Delay::Silent) => (key!("silent"), key!("silent_note")),
            Stage::Waiting(Delay::Busy) => (key!("busy"), key!("busy_note")),
            Stage::SignIn => (key!("signed_out"), key!("signed_out_note")),
            _ => return None,
        };
        Some((self.word(title), self.word(note)))
    }

    /// The deadline, in the person's words.
    pub fn deadline(&self, days_left: i32, month: u8, day: u8) -> String {
        let key = match days_left {
            ..0 => key!("deadline_past"),
            0 => key!("deadline_today"),
            _ => key!("deadline_ahead"),
        };
        self.say(key, "days month day ", &[&days_left, &month, &day])
    }

    /// Said where the last day is a day off, a Saturday or a Sunday.
    pub fn closed_on_last_day(&self, sunday: bool) -> String {
        let weekday = self.word(if sunday { key!("sunday") } else { key!("saturday") });
        say!(self, "closed_on_last_day", weekday = weekday)
    }

    /// The clause of the notice, with its words where they are known.
    pub fn clause(&self, clause: &str, quote: Option<&str>) -> String {
        let key = if quote.is_some() { key!("clause_quoted") } else { key!("clause") };
        self.say(key, "clause quote ", &[&clause, &quote.unwrap_or_default()])
    }

    /// How far the whole is.
    pub fn progress(&self, parts: usize, done: usize, missing: usize, wrong: usize) -> String {
        let mut words = say!(self, "progress", parts = parts, done = done);
        if missing > 0 {
            words.push_str(&say!(self, "progress_missing", missing = missing));
        }
        if wrong > 0 {
            words.push_str(&say!(self, "progress_wrong", wrong = wrong));
        }
        words
    }

    /// How far a part is.
    pub fn part_progress(&self, progress: &Progress) -> String {
        let key = match progress {
            Progress { wrong: 0, missing: 0, optional: true, .. } => key!("part_optional"),
            Progress { wrong: 0, missing: 0, .. } => key!("part_done"),
            Progress { wrong: 0, .. } => key!("part_missing"),
            Progress { missing: 0, .. } => key!("part_wrong"),
            _ => key!("part_both"),
        };
        self.say(key, "missing wrong ", &[&progress.missing, &progress.wrong])
    }

    /// Where a stamp belongs.
    pub fn stamp(&self, whose: &str) -> String {
        say!(self, "stamp", whose = whose)
    }

    /// What the box that finds an entry is for.
    pub fn find_in(&self, label: &str) -> String {
        say!(self, "find", label = label)
    }

    /// How many entries were found.
    pub fn found(&self, count: usize) -> String {
        let key = if count == 0 { key!("found_none") } else { key!("found") };
        self.say(key, "count ", &[&count])
    }

    /// The time a stretch of a history covers.
    pub fn stretch(&self, stretch: &Stretch) -> String {
        let month = |month: Month| format!("{:04}.{:02}", month.year(), month.month());
        let (first, last) = (month(stretch.first), month(stretch.last));
        match stretch {
            Stretch { open: true, .. } => format!("{first}—{}", self.still()),
            _ if first == last => first,
            _ => format!("{first}—{last}"),
        }
    }

    /// A row in a history.
    pub fn stretch_row(&self, number: usize, words: &str) -> String {
        say!(self, "stretch_row", number = number, words = words)
    }

    /// Months that no row covers.
    pub fn gap(&self, gap: &Stretch) -> String {
        let months = gap.last.number() - gap.first.number() + 1;
        say!(self, "stretch_gap", stretch = self.stretch(gap), months = months)
    }

    /// Of a row whose months another has too.
    pub fn shares(&self, other: usize) -> String {
        say!(self, "stretch_shares", number = other)
    }

    /// When a public notice may end.
    pub fn notice_plan(&self, plan: &NoticePlan, today: Day) -> String {
        let (count, last) = (plan.min_workdays, self.weekday(plan.last_start));
        let (Some(start), Some(end)) = (plan.start, plan.earliest) else {
            let gone = if plan.last_start < today { self.word(key!("notice_gone")) } else { "" };
            return say!(self, "notice_last_start", count = count, last = last) + gone;
        };
        let (from, to) = (self.weekday(start), self.weekday(end));
        let mut words = say!(self, "notice_earliest", start = from, end = to, count = count);
        if !plan.off.is_empty() {
            let off: Vec<_> = plan.off.iter().map(|off| self.days_off(off)).collect();
            words.push_str(&say!(self, "notice_off", off = off.join(self.join())));
        }
        if start > plan.last_start {
            words.push_str(&say!(self, "notice_too_late", last = last));
        }
        words
    }

    /// Days off, with what they are off for: 9月29日至10月6日（中秋节、国庆节）.
    fn days_off(&self, off: &DaysOff) -> String {
        let date =
            |day: Day| say!(self, "date", month = day.month().month(), day = day.day_of_month());
        let names = off
            .holidays
            .iter()
            .filter_map(|it| self.word(key!("holidays")).split(',').nth(*it as usize));
        let mut why: Vec<_> = names.collect();
        if why.is_empty() {
            why.push(self.word(key!("weekend")));
        }
        let why = why.join(self.join());
        if off.first == off.last {
            return say!(self, "day_off", day = date(off.first), why = why);
        }
        say!(self, "days_off", first = date(off.first), last = date(off.last), why = why)
    }

    /// A day with its day of the week: 8月11日（星期四）.
    fn weekday(&self, day: Day) -> String {
        let name = self
            .word(key!("weekdays"))
            .split(' ')
            .nth(usize::from(day.weekday()).saturating_sub(1));
        let (month, date) = (day.month().month(), day.day_of_month());
        let name = name.unwrap_or_default();
        say!(self, "day_of_week", month = month, day = date, weekday = name)
    }

    /// That answers were taken from a document's number.
    pub fn filled_in<T: AsRef<str>>(&self, labels: &[T]) -> String {
        let labels: Vec<_> = labels.iter().map(AsRef::as_ref).collect();
        say!(self, "filled_in", labels = labels.join(self.join()))
    }

    /// Of an answer that the host has verified.
    pub fn verified(&self, source: &str) -> String {
        let key = if source.is_empty() { key!("verified") } else { key!("verified_by") };
        self.say(key, "source ", &[&source])
    }

    /// What the live region says.
    pub fn announcement(&self, announcement: &Announcement) -> String {
        match announcement {
            Announcement::RowAdded(label, number) => {
                self.of_row(key!("said_row_added"), label, *number)
            }
            Announcement::FilledIn(labels) => self.filled_in(labels),
            Announcement::RowRemoved(label, number) => {
                self.of_row(key!("said_row_removed"), label, *number)
            }
            Announcement::Problems(count) => say!(self, "said_problems", count = count),
            Announcement::Opened => self.word(key!("said_opened")).to_owned(),
            Announcement::Asked => self.word(key!("said_asked")).to_owned(),
            Announcement::Full(name, room) => {
                say!(self, "said_full", name = name, room = room)
            }
            Announcement::Uploaded(name) => say!(self, "said_uploaded", name = name),
            Announcement::UploadStopped(name, Upload::Failed(code)) => {
                self.pair(name, self.upload_failed(code))
            }
            Announcement::UploadStopped(name, _) => {
                self.pair(name, &self.upload("unreadable", 0, ""))
            }
            Announcement::Problem(label, words) => self.about(label, words),
        }
    }

    /// A moment as people write it, on the campaign's clock: 2022年8月18日 10:00.
    pub fn time(&self, moment: Instant, utc_offset_minutes: i32) -> String {
        let day = moment.day_at(utc_offset_minutes);
        let (year, month) = (day.year(), day.month().month());
        let (day, clock) = (day.day_of_month(), clock(moment, utc_offset_minutes));
        say!(self, "date_time", year = year, month = month, day = day, clock = clock)
    }
}

/// The time of day on the campaign's clock: 10:00.
fn clock(moment: Instant, utc_offset_minutes: i32) -> String {
    let seconds = moment.utc_seconds() + i64::from(utc_offset_minutes) * 60;
    let minutes = seconds.rem_euclid(86_400) / 60;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
