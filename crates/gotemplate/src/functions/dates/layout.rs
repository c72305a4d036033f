//! Go's layouts of dates: the reference time `Mon Jan 2 15:04:05 MST 2006`.

use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// What a part of a layout stands for. Longer ones come first.
const PARTS: [&str; 33] = [
    "January",
    "Monday",
    "Z07:00:00",
    "-07:00:00",
    "Z070000",
    "-070000",
    "Z07:00",
    "-07:00",
    "Z0700",
    "-0700",
    "2006",
    "Z07",
    "-07",
    "Jan",
    "Mon",
    "MST",
    "002",
    "__2",
    "01",
    "02",
    "03",
    "04",
    "05",
    "06",
    "15",
    "PM",
    "pm",
    "_2",
    "1",
    "2",
    "3",
    "4",
    "5",
];

/// The next part of a layout: what stands before it, the part, and what follows.
fn cut(layout: &str) -> (&str, Option<&str>, &str) {
    for at in layout.char_indices().map(|(at, _)| at) {
        let rest = &layout[at..];
        if let Some(part) = PARTS.iter().find(|part| rest.starts_with(**part)) {
            return (&layout[..at], Some(&rest[..part.len()]), &rest[part.len()..]);
        }
        // A fraction of a second: a point or comma, then zeros or nines alone.
        let digits = rest.strip_prefix(['.', ',']).unwrap_or_default();
        for digit in ['0', '9'] {
            let length = digits.len() - digits.trim_start_matches(digit).len();
            if length > 0 && !digits[length..].starts_with(|next: char| next.is_ascii_digit()) {
                return (&layout[..at], Some(&rest[..=length]), &rest[length + 1..]);
            }
        }
    }
    (layout, None, "")
}

pub(super) fn print(layout: &str, time: &Zoned) -> String {
    let mut out = String::new();
    let mut rest = layout;
    loop {
        let (before, part, after) = cut(rest);
        out.push_str(before);
        let Some(part) = part else { return out };
        out.push_str(&value(part, time));
        rest = after;
    }
}

fn value(part: &str, time: &Zoned) -> String {
    let hour_12 = (time.hour() + 11) % 12 + 1;
    let month = MONTHS[usize::try_from(time.month() - 1).unwrap_or(0)];
    let day = DAYS[usize::try_from(time.weekday().to_sunday_zero_offset()).unwrap_or(0)];
    match part {
        "January" => month.to_owned(),
        "Jan" => month[..3].to_owned(),
        "Monday" => day.to_owned(),
        "Mon" => day[..3].to_owned(),
        "MST" => zone_name(time),
        "2006" => format!("{:04}", time.year()),
        "06" => format!("{:02}", time.year() % 100),
        "01" => format!("{:02}", time.month()),
        "1" => time.month().to_string(),
        "02" => format!("{:02}", time.day()),
        "_2" => format!("{:2}", time.day()),
        "2" => time.day().to_string(),
        "002" => format!("{:03}", time.day_of_year()),
        "__2" => format!("{:3}", time.day_of_year()),
        "15" => format!("{:02}", time.hour()),
        "03" => format!("{hour_12:02}"),
        "3" => hour_12.to_string(),
        "04" => format!("{:02}", time.minute()),
        "4" => time.minute().to_string(),
        "05" => format!("{:02}", time.second()),
        "5" => time.second().to_string(),
        "PM" => if time.hour() >= 12 { "PM" } else { "AM" }.to_owned(),
        "pm" => if time.hour() >= 12 { "pm" } else { "am" }.to_owned(),
        fraction if fraction.starts_with(['.', ',']) => {
            let digits = format!("{:09}", time.subsec_nanosecond());
            let digits = &digits[..(fraction.len() - 1).min(9)];
            if fraction.ends_with('0') {
                return format!("{}{digits}", &fraction[..1]);
            }
            let digits = digits.trim_end_matches('0');
            if digits.is_empty() { String::new() } else { format!("{}{digits}", &fraction[..1]) }
        }
        zone => offset(zone, time.offset().seconds()),
    }
}

fn zone_name(time: &Zoned) -> String {
    if time.time_zone() == &TimeZone::UTC {
        return "UTC".to_owned();
    }
    time.strftime("%Z").to_string()
}

fn offset(part: &str, seconds: i32) -> String {
    if part.starts_with('Z') && seconds == 0 {
        return "Z".to_owned();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let size = seconds.unsigned_abs();
    let (hours, minutes, seconds) = (size / 3600, size / 60 % 60, size % 60);
    match &part[1..] {
        "07" => format!("{sign}{hours:02}"),
        "0700" => format!("{sign}{hours:02}{minutes:02}"),
        "07:00" => format!("{sign}{hours:02}:{minutes:02}"),
        "070000" => format!("{sign}{hours:02}{minutes:02}{seconds:02}"),
        _ => format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

/// What was read so far.
struct Read {
    year: i16,
    month: i8,
    day: i8,
    hour: i8,
    minute: i8,
    second: i8,
    nanosecond: i32,
    afternoon: Option<bool>,
    offset: Option<i32>,
}

pub(super) fn parse(layout: &str, text: &str) -> Option<Zoned> {
    let mut read =
        Read { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, nanosecond: 0, afternoon: None, offset: None };
    let (mut layout, mut text) = (layout, text);
    loop {
        let (before, part, after) = cut(layout);
        text = text.strip_prefix(before)?;
        let Some(part) = part else { break };
        text = read.part(part, text)?;
        layout = after;
    }
    if !text.is_empty() {
        return None;
    }
    let hour = match read.afternoon {
        Some(true) if read.hour < 12 => read.hour + 12,
        Some(false) if read.hour == 12 => 0,
        _ => read.hour,
    };
    let moment =
        DateTime::new(read.year, read.month, read.day, hour, read.minute, read.second, read.nanosecond).ok()?;
    let zone = match read.offset {
        None | Some(0) => TimeZone::UTC,
        Some(seconds) => TimeZone::fixed(Offset::from_seconds(seconds).ok()?),
    };
    moment.to_zoned(zone).ok()
}

/// A number of at least and at most so many digits, and the rest.
fn digits(text: &str, least: usize, most: usize) -> Option<(i32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (length >= least).then(|| text[..length].parse().ok().map(|number| (number, &text[length..])))?
}

impl Read {
    fn part<'t>(&mut self, part: &str, text: &'t str) -> Option<&'t str> {
        let small = |least| digits(text, least, 2).and_then(|(number, rest)| Some((i8::try_from(number).ok()?, rest)));
        let two = || small(2);
        let one = || small(1);
        Some(match part {
            "January" | "Jan" => {
                let length = if part == "Jan" { 3 } else { usize::MAX };
                let at = MONTHS.iter().position(|name| text.starts_with(&name[..length.min(name.len())]))?;
                self.month = i8::try_from(at + 1).ok()?;
                &text[length.min(MONTHS[at].len())..]
            }
            "Monday" | "Mon" => {
                let length = if part == "Mon" { 3 } else { usize::MAX };
                let at = DAYS.iter().position(|name| text.starts_with(&name[..length.min(name.len())]))?;
                &text[length.min(DAYS[at].len())..]
            }
            "2006" => {
                let (year, rest) = digits(text, 4, 4)?;
                self.year = i16::try_from(year).ok()?;
                rest
            }
            "06" => {
                let (year, rest) = digits(text, 2, 2)?;
                self.year = i16::try_from(if year >= 69 { 1900 + year } else { 2000 + year }).ok()?;
                rest
            }
            "01" => set(&mut self.month, two()?),
            "1" => set(&mut self.month, one()?),
            "02" => set(&mut self.day, two()?),
            "_2" | "2" => {
                let text = text.strip_prefix(' ').filter(|_| part == "_2").unwrap_or(text);
                let (day, rest) = digits(text, 1, 2)?;
                self.day = i8::try_from(day).ok()?;
                rest
            }
            "15" | "03" => set(&mut self.hour, two()?),
            "3" => set(&mut self.hour, one()?),
            "04" => set(&mut self.minute, two()?),
            "4" => set(&mut self.minute, one()?),
            "05" | "5" => {
                let rest = set(&mut self.second, if part == "05" { two()? } else { one()? });
                self.fraction(rest)
            }
            "PM" | "pm" => {
                self.afternoon = Some(text.get(..2)?.eq_ignore_ascii_case("pm"));
                text.get(2..)?
            }
            "MST" => {
                let length = text.bytes().take_while(u8::is_ascii_uppercase).count();
                (3..=5).contains(&length).then(|| &text[length..])?
            }
            fraction if fraction.starts_with(['.', ',']) => self.fraction(text),
            zone => self.zone(zone, text)?,
        })
    }

    fn fraction<'t>(&mut self, text: &'t str) -> &'t str {
        let Some(rest) = text.strip_prefix(['.', ',']) else { return text };
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return text;
        }
        let padded = format!("{:0<9}", &rest[..length]);
        self.nanosecond = padded[..9].parse().unwrap_or(0);
        &rest[length..]
    }

    fn zone<'t>(&mut self, part: &str, text: &'t str) -> Option<&'t str> {
        if part.starts_with('Z')
            && let Some(rest) = text.strip_prefix('Z')
        {
            self.offset = Some(0);
            return Some(rest);
        }
        let sign = match text.as_bytes().first()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let (hours, mut rest) = digits(&text[1..], 2, 2)?;
        let mut seconds = hours * 3600;
        if part.len() > 3 {
            rest = if part.contains(':') { rest.strip_prefix(':')? } else { rest };
            let (minutes, after) = digits(rest, 2, 2)?;
            seconds += minutes * 60;
            rest = after;
        }
        self.offset = Some(sign * seconds);
        Some(rest)
    }
}

fn set<'t>(to: &mut i8, (value, rest): (i8, &'t str)) -> &'t str {
    *to = value;
    rest
}
