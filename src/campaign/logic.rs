//! Conditions as data: the shape of a JsonLogic expression.
//!
//! This half reads and bounds them; `rules::condition` says what they mean. An expression is known
//! to be well-formed once it is read: every operator exists and has a fitting number of arguments,
//! and the whole is small. So evaluating cannot fail, and its cost is bounded by the campaign file.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use super::read::{Read, Reader, of_value};

/// The most nodes one condition may have.
const MAX_NODES: usize = 500;
/// How deep a condition may nest. A table's filter inside a filter is rare; ten levels are plenty.
const MAX_DEPTH: usize = 16;
/// How many conditions of visibility may build on each other.
pub const MAX_CHAIN: usize = 16;

/// A condition or a computed value, in JsonLogic's form.
///
/// ```
/// use nomination_form::campaign::Logic;
/// let logic: Logic = serde_json::from_str(r#"{"==": [{"var": "posthumous"}, true]}"#)?;
/// assert_eq!(logic.reads(), ["posthumous"]);
/// let fault = serde_json::from_str::<Logic>(r#"{"equals": [1, 1]}"#).unwrap_err();
/// assert!(fault.to_string().contains("unknown operator `equals`"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Logic {
    expr: Expr,
    json: Value,
}

/// A node of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A constant.
    Value(Value),
    /// A list of expressions.
    List(Vec<Expr>),
    /// An answer, by key or dotted path; empty is the row itself.
    Var(String),
    /// An answer of the form, also where the variables are a row's.
    Answer(String),
    /// An operator and its arguments.
    Op(Op, Vec<Expr>),
}

macro_rules! operators {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal $least:literal ..= $most:literal;)*) => {
        /// The operators.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Op { $($(#[doc = $doc])* $variant),* }

        impl Op {
            /// Every operator with its name in a campaign file and its fewest and most arguments.
            pub const ALL: &'static [(Op, &'static str, usize, usize)] =
                &[$((Op::$variant, $name, $least, $most)),*];
        }
    };
}

operators! {
    /// Both sides have the same value. A coded answer is its code; a number is equal to its digits.
    Eq "==" 2..=2;
    /// Not `==`.
    Ne "!=" 2..=2;
    /// Smaller; dates and months compare as they follow each other.
    Lt "<" 2..=3;
    /// Smaller or the same.
    Le "<=" 2..=3;
    /// Greater.
    Gt ">" 2..=3;
    /// Greater or the same.
    Ge ">=" 2..=3;
    /// Not true. Empty texts, empty lists, 0, `false` and missing answers are not true.
    Not "!" 1..=1;
    /// True, as `true` or `false`.
    Truthy "!!" 1..=1;
    /// All hold.
    And "and" 1..=50;
    /// At least one holds.
    Or "or" 1..=50;
    /// `[condition, then, condition, then, …, else]`.
    If "if" 2..=51;
    /// The value is in a list, or the text in a text.
    In "in" 2..=2;
    /// `[rows, condition]`: at least one row.
    Some "some" 2..=2;
    /// `[rows, condition]`: every row, and there is one.
    All "all" 2..=2;
    /// `[rows, condition]`: not one row.
    None "none" 2..=2;
    /// `[rows, condition]`: the rows for which it holds.
    Filter "filter" 2..=2;
    /// How many rows, or rows for which a condition holds.
    Count "count" 1..=2;
    /// `[rows, value]`: the value of each row added up; rows without one count nothing.
    Sum "sum" 2..=2;
    /// The sum of its arguments.
    Add "+" 1..=20;
    /// The difference.
    Sub "-" 1..=2;
    /// The product.
    Mul "*" 2..=20;
    /// The quotient; nothing when divided by 0.
    Div "/" 2..=2;
    /// The greatest of its arguments, or of a list.
    Max "max" 1..=20;
    /// The least of its arguments, or of a list.
    Min "min" 1..=20;
    /// Whether there is an answer: `false` and 0 are answers, empty texts and lists are none.
    Given "given" 1..=1;
    /// The length of a text, in 字 as Word counts them.
    Length "length" 1..=1;
    /// `[scale, value, step]`: the value stands at this step of the scale or above.
    AtLeast "at_least" 3..=3;
    /// `[scale, value]`: the number of the step the value stands at, from 1.
    Step "step" 2..=2;
    /// Whole months from a month or day to the reference month; `[from, to]` to another.
    MonthsSince "months_since" 1..=2;
    /// Whole years from a day or month to the reference date: an age; `[from, to]` to another day.
    YearsSince "years_since" 1..=2;
    /// `[date, months]`: the day or month so many months later, at most the last day of that month.
    AddMonths "add_months" 2..=2;
    /// `[day, days]`: the day so many days later.
    AddDays "add_days" 2..=2;
    /// The last day of a month; a day stays what it is.
    LastDay "last_day" 1..=1;
    /// `[start, end]`: the working days between two days, both included.
    Workdays "workdays" 2..=2;
    /// The day of birth that a resident ID number says.
    BirthOf "birth_of" 1..=1;
    /// `[rows, flag]`: months of service of the rows whose flag column is true. `[rows, flag, until]`
    /// with the month or day that ends an open row, where there is one.
    ServiceMonths "service_months" 2..=3;
    /// `[]`: the campaign's reference date, as `YYYY-MM-DD`.
    Reference "reference" 0..=0;
    /// `[]`: the campaign's deadline, as `YYYY-MM-DD`.
    Deadline "deadline" 0..=0;
    /// `[]`: the day it is where the campaign is, as `YYYY-MM-DD`.
    Today "today" 0..=0;
    /// `[]`: the time it is where the campaign is, as `HH:MM`.
    Now "now" 0..=0;
}

impl Logic {
    /// The expression.
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The keys of the answers it reads, each once, in order of appearance. Inside `some`, `all`,
    /// `none`, `filter`, `count` and `sum` the variables are the row's, so the table's key stands for
    /// them.
    pub fn reads(&self) -> Vec<&str> {
        let mut keys = Vec::new();
        reads(&self.expr, &mut keys);
        keys
    }
}

impl Op {
    /// Whether its second argument is evaluated for each of the rows of its first.
    pub fn walks_rows(self) -> bool {
        matches!(self, Self::Some | Self::All | Self::None | Self::Filter | Self::Count | Self::Sum)
    }
}

fn reads<'a>(expr: &'a Expr, keys: &mut Vec<&'a str>) {
    match expr {
        Expr::Value(_) => {}
        Expr::Var(path) | Expr::Answer(path) => {
            let key = path.split('.').next().unwrap_or(path);
            if !key.is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        }
        Expr::List(items) => items.iter().for_each(|item| reads(item, keys)),
        Expr::Op(op, args) if op.walks_rows() => {
            args.iter().take(1).for_each(|rows| reads(rows, keys));
            args.iter().skip(1).for_each(|inside| answers(inside, keys));
        }
        Expr::Op(_, args) => args.iter().for_each(|arg| reads(arg, keys)),
    }
}

/// The answers of the form that are read where the variables are a row's.
fn answers<'a>(expr: &'a Expr, keys: &mut Vec<&'a str>) {
    match expr {
        Expr::Value(_) | Expr::Var(_) => {}
        Expr::Answer(_) => reads(expr, keys),
        Expr::List(parts) | Expr::Op(_, parts) => {
            for part in parts {
                answers(part, keys);
            }
        }
    }
}

impl Read for Logic {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let json = found.unwrap_or(&Value::Null);
        let expr = read(json, 0, &mut 0).unwrap_or_else(|message| {
            reader.fault("wrong-shape", message);
            Expr::Value(Value::Null)
        });
        Self { expr, json: json.clone() }
    }
}

impl<'de> Deserialize<'de> for Logic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        of_value(&Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl Serialize for Logic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json.serialize(serializer)
    }
}

fn read(json: &Value, depth: usize, nodes: &mut usize) -> Result<Expr, String> {
    *nodes += 1;
    if *nodes > MAX_NODES {
        return Err(format!("condition of more than {MAX_NODES} parts, expected fewer"));
    }
    if depth > MAX_DEPTH {
        return Err(format!("condition nested deeper than {MAX_DEPTH} levels"));
    }
    match json {
        Value::Object(map) => {
            let (Some((name, args)), 1) = (map.iter().next(), map.len()) else {
                return Err(format!(
                    "object of {} keys in a condition, expected one operator",
                    map.len()
                ));
            };
            operator(name, args, depth, nodes)
        }
        Value::Array(items) => list(items, depth, nodes).map(Expr::List),
        value => Ok(Expr::Value(value.clone())),
    }
}

fn operator(name: &str, args: &Value, depth: usize, nodes: &mut usize) -> Result<Expr, String> {
    if let "var" | "answer" = name {
        return match args {
            Value::String(path) if name == "var" => Ok(Expr::Var(path.clone())),
            Value::String(path) => Ok(Expr::Answer(path.clone())),
            _ => Err(format!("`{name}` takes the key of a field, as a text")),
        };
    }
    let Some(&(op, _, least, most)) = Op::ALL.iter().find(|(_, known, ..)| *known == name) else {
        let known: Vec<_> = Op::ALL.iter().map(|(_, name, ..)| format!("`{name}`")).collect();
        return Err(format!(
            "unknown operator `{name}`, expected `var`, `answer` or one of {}",
            known.join(", ")
        ));
    };
    let args = match args {
        Value::Array(items) => list(items, depth, nodes)?,
        single => vec![read(single, depth + 1, nodes)?],
    };
    if args.len() < least || args.len() > most {
        let expected = if least == most { least.to_string() } else { format!("{least} to {most}") };
        return Err(format!("`{name}` with {} arguments, expected {expected}", args.len()));
    }
    Ok(Expr::Op(op, args))
}

fn list(items: &[Value], depth: usize, nodes: &mut usize) -> Result<Vec<Expr>, String> {
    items.iter().map(|item| read(item, depth + 1, nodes)).collect()
}
