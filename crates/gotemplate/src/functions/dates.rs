//! Dates and times.

mod layout;

use super::{Function, function, text};
use crate::duration;
use crate::error::Failure;
use crate::exec::Exec;
use crate::object::Object;
use crate::value::{IntKind, Value};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use std::any::Any;
use std::rc::Rc;

type Outcome = Result<Value, Failure>;

pub(super) static FUNCTIONS: &[Function] = &[
    function("now", "", |exec, _| Ok(time(exec.options.now.to_zoned(TimeZone::UTC)))),
    function("date", "sa", |exec, args| dated(exec, &text(&args[0]), &args[1], "")),
    function("dateInZone", "sas", |exec, args| dated(exec, &text(&args[0]), &args[1], &text(&args[2]))),
    function("date_in_zone", "sas", |exec, args| dated(exec, &text(&args[0]), &args[1], &text(&args[2]))),
    function("htmlDate", "a", |exec, args| dated(exec, HTML, &args[0], "")),
    function("htmlDateInZone", "as", |exec, args| dated(exec, HTML, &args[0], &text(&args[1]))),
    function("dateModify", "sa", |exec, args| modify(exec, args, false)),
    function("date_modify", "sa", |exec, args| modify(exec, args, false)),
    function("mustDateModify", "sa", |exec, args| modify(exec, args, true)),
    function("must_date_modify", "sa", |exec, args| modify(exec, args, true)),
    function("toDate", "ss", |_, args| Ok(read(args).unwrap_or_else(|_| zero()))),
    function("mustToDate", "ss", |_, args| read(args)),
    function("ago", "a", |exec, args| {
        let since = exec.options.now.duration_since(instant(exec, &args[0]).timestamp());
        Ok(Value::from(duration::print(since.as_secs().saturating_mul(duration::SECOND))))
    }),
    function("unixEpoch", "a", |exec, args| {
        Ok(Value::from(instant(exec, &args[0]).timestamp().as_second().to_string()))
    }),
    function("duration", "a", |_, args| {
        let seconds = super::convert::to_int(&args[0]);
        Ok(Value::from(duration::print(seconds.saturating_mul(duration::SECOND))))
    }),
    function("durationRound", "a", |exec, args| Ok(Value::from(rounded(exec, &args[0])))),
];

const HTML: &str = "2006-01-02";

/// A point in time in a time zone.
#[derive(Debug)]
struct Time(Zoned);

fn time(zoned: Zoned) -> Value {
    Value::Object(Rc::new(Time(zoned)))
}

/// The zero of Go's times: the first day of the first year.
fn zero() -> Value {
    let first = jiff::civil::date(1, 1, 1).to_zoned(TimeZone::UTC);
    first.map_or(Value::Nil, time)
}

/// A time of a time, of seconds since 1970, or else now.
fn instant(exec: &Exec<'_>, value: &Value) -> Zoned {
    let now = || exec.options.now.to_zoned(TimeZone::UTC);
    match value {
        Value::Object(object) => object.as_any().downcast_ref::<Time>().map_or_else(now, |time| time.0.clone()),
        Value::Int(seconds, IntKind::Int | IntKind::Int64) => {
            Timestamp::from_second(*seconds).map_or_else(|_| now(), |time| time.to_zoned(TimeZone::UTC))
        }
        _ => now(),
    }
}

fn zone(name: &str) -> TimeZone {
    if matches!(name, "" | "UTC" | "Local") {
        return TimeZone::UTC;
    }
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

fn dated(exec: &mut Exec<'_>, layout: &str, value: &Value, zone_name: &str) -> Outcome {
    let moment = instant(exec, value);
    let moment = if zone_name.is_empty() { moment } else { moment.with_time_zone(zone(zone_name)) };
    Ok(Value::from(layout::print(layout, &moment)))
}

fn modify(exec: &mut Exec<'_>, args: &[Value], must: bool) -> Outcome {
    let moment = instant(exec, &args[1]);
    let by = duration::parse(&text(&args[0])).map(SignedDuration::from_nanos);
    match by.and_then(|by| moment.checked_add(by).ok()) {
        Some(later) => Ok(time(later)),
        None if must => Err(Failure::new(format!("time: invalid duration {}", crate::quote(&text(&args[0]))))),
        None => Ok(time(moment)),
    }
}

fn read(args: &[Value]) -> Outcome {
    let (layout, value) = (text(&args[0]), text(&args[1]));
    layout::parse(&layout, &value).map(time).ok_or_else(|| {
        let (value, layout) = (crate::quote(&value), crate::quote(&layout));
        Failure::new(format!("parsing time {value} as {layout}: cannot parse {value}"))
    })
}

/// The largest unit of a duration alone: `2h10m5s` is `2h`.
fn rounded(exec: &Exec<'_>, value: &Value) -> String {
    let nanoseconds = match value {
        Value::Int(nanoseconds, _) => *nanoseconds,
        Value::Object(_) => {
            let since = exec.options.now.duration_since(instant(exec, value).timestamp());
            i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
        }
        other => other.text().and_then(|text| duration::parse(&text)).unwrap_or(0),
    };
    let seconds = nanoseconds.unsigned_abs() / duration::SECOND.unsigned_abs();
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let units = [(31_536_000, "y"), (2_592_000, "mo"), (86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")];
    let found = units.iter().find(|(size, _)| seconds >= *size);
    found.map_or_else(|| "0s".to_owned(), |(size, unit)| format!("{sign}{}{unit}", seconds / size))
}

impl Object for Time {
    fn type_name(&self) -> &'static str {
        "time.Time"
    }

    fn field(&self, _: &str) -> Option<Value> {
        None
    }

    fn method(&self, name: &str, args: &[Value]) -> Option<Outcome> {
        let int = |value: i64| Ok(Value::int(value));
        let other = || match args {
            [Value::Object(other)] => other.as_any().downcast_ref::<Self>(),
            _ => None,
        };
        let compared = |test: fn(&Zoned, &Zoned) -> bool| {
            let other = other().ok_or_else(|| Failure::new(format!("{name} wants a time")))?;
            Ok(Value::Bool(test(&self.0, &other.0)))
        };
        Some(match (name, args) {
            ("Format", [layout]) => Ok(Value::from(layout::print(&text(layout), &self.0))),
            ("Unix", []) => Ok(Value::int64(self.0.timestamp().as_second())),
            ("UnixMilli", []) => Ok(Value::int64(self.0.timestamp().as_millisecond())),
            ("UnixNano", []) => Ok(Value::int64(i64::try_from(self.0.timestamp().as_nanosecond()).unwrap_or(0))),
            ("Year", []) => int(self.0.year().into()),
            ("Month", []) => int(self.0.month().into()),
            ("Day", []) => int(self.0.day().into()),
            ("Hour", []) => int(self.0.hour().into()),
            ("Minute", []) => int(self.0.minute().into()),
            ("Second", []) => int(self.0.second().into()),
            ("Nanosecond", []) => int(self.0.subsec_nanosecond().into()),
            ("Weekday", []) => int(self.0.weekday().to_sunday_zero_offset().into()),
            ("YearDay", []) => int(self.0.day_of_year().into()),
            ("UTC", []) => Ok(time(self.0.with_time_zone(TimeZone::UTC))),
            ("Local", []) => Ok(time(self.0.clone())),
            ("String", []) => Ok(Value::from(self.print())),
            ("IsZero", []) => Ok(Value::Bool(self.0.year() == 1 && self.0.day_of_year() == 1)),
            ("Before", _) => compared(|a, b| a < b),
            ("After", _) => compared(|a, b| a > b),
            ("Equal", _) => compared(|a, b| a == b),
            ("AddDate", [Value::Int(years, _), Value::Int(months, _), Value::Int(days, _)]) => {
                let span = jiff::Span::new().try_years(*years).and_then(|span| span.try_months(*months));
                let later = span.and_then(|span| span.try_days(*days)).and_then(|span| self.0.checked_add(span));
                later.map(time).map_err(|error| Failure::new(error.to_string()))
            }
            ("Add", [Value::Int(nanoseconds, _)]) => {
                let later = self.0.checked_add(SignedDuration::from_nanos(*nanoseconds));
                later.map(time).map_err(|error| Failure::new(error.to_string()))
            }
            ("Sub", _) => match other() {
                Some(other) => {
                    let between = self.0.timestamp().duration_since(other.0.timestamp());
                    let nanoseconds = i64::try_from(between.as_nanos()).unwrap_or(i64::MAX);
                    Ok(Value::Int(nanoseconds, IntKind::Duration))
                }
                None => Err(Failure::new("Sub wants a time")),
            },
            _ => return None,
        })
    }

    fn json_value(&self) -> Option<Value> {
        Some(Value::from(layout::print("2006-01-02T15:04:05.999999999Z07:00", &self.0)))
    }

    fn print(&self) -> String {
        layout::print("2006-01-02 15:04:05.999999999 -0700 MST", &self.0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
