//! Arithmetic. Whole numbers wrap around as Go's do.

use super::convert::{to_float, to_int};
use super::{Function, function, int};
use crate::error::Failure;
use crate::value::Value;

pub(super) static FUNCTIONS: &[Function] = &[
    function("add", "a*", |_, args| Ok(Value::int64(args.iter().map(to_int).fold(0, i64::wrapping_add)))),
    function("add1", "a", |_, args| Ok(Value::int64(to_int(&args[0]).wrapping_add(1)))),
    function("sub", "aa", |_, args| Ok(Value::int64(to_int(&args[0]).wrapping_sub(to_int(&args[1]))))),
    function("mul", "aa*", |_, args| Ok(Value::int64(args.iter().map(to_int).fold(1, i64::wrapping_mul)))),
    function("div", "aa", |_, args| divided(args, i64::wrapping_div)),
    function("mod", "aa", |_, args| divided(args, i64::wrapping_rem)),
    function("max", "aa*", |_, args| Ok(Value::int64(args.iter().map(to_int).max().unwrap_or(0)))),
    function("biggest", "aa*", |_, args| Ok(Value::int64(args.iter().map(to_int).max().unwrap_or(0)))),
    function("min", "aa*", |_, args| Ok(Value::int64(args.iter().map(to_int).min().unwrap_or(0)))),
    function("addf", "a*", |_, args| Ok(decimal(args, 0.0, |a, b| a + b))),
    function("add1f", "a", |_, args| Ok(Value::Float(tidy(to_float(&args[0]) + 1.0)))),
    function("subf", "aa*", |_, args| {
        let first = to_float(&args[0]);
        Ok(decimal(&args[1..], first, |a, b| a - b))
    }),
    function("mulf", "aa*", |_, args| {
        let first = to_float(&args[0]);
        Ok(decimal(&args[1..], first, |a, b| a * b))
    }),
    function("divf", "aa*", |_, args| {
        if args[1..].iter().any(|value| to_float(value) == 0.0) {
            return Err(Failure::new("decimal division by 0"));
        }
        let first = to_float(&args[0]);
        Ok(decimal(&args[1..], first, |a, b| a / b))
    }),
    function("maxf", "aa*", |_, args| Ok(Value::Float(args.iter().map(to_float).fold(f64::NEG_INFINITY, f64::max)))),
    function("minf", "aa*", |_, args| Ok(Value::Float(args.iter().map(to_float).fold(f64::INFINITY, f64::min)))),
    function("ceil", "a", |_, args| Ok(Value::Float(to_float(&args[0]).ceil()))),
    function("floor", "a", |_, args| Ok(Value::Float(to_float(&args[0]).floor()))),
    function("round", "aif*", round),
    function("seq", "i*", seq),
];

fn divided(args: &[Value], with: fn(i64, i64) -> i64) -> Result<Value, Failure> {
    let (a, b) = (to_int(&args[0]), to_int(&args[1]));
    if b == 0 {
        return Err(Failure::new("runtime error: integer divide by zero"));
    }
    Ok(Value::int64(with(a, b)))
}

fn decimal(args: &[Value], first: f64, with: fn(f64, f64) -> f64) -> Value {
    Value::Float(args.iter().map(to_float).fold(first, |a, b| tidy(with(a, b))))
}

/// Float functions calculate with decimals: 1.1 × 1.1 is 1.21. Digits beyond the precision of a float are dropped.
fn tidy(value: f64) -> f64 {
    format!("{value:.15e}").parse::<f64>().map_or(value, |rounded| {
        let short: f64 = format!("{value:.14e}").parse().unwrap_or(rounded);
        // Only where the shorter form is what was meant: far fewer digits.
        if short.to_string().len() + 2 < value.to_string().len() { short } else { value }
    })
}

/// Rounds half away from zero, or where the third argument says.
fn round(_: &mut crate::exec::Exec<'_>, args: &[Value]) -> Result<Value, Failure> {
    let on = args.get(2).map_or(0.5, to_float);
    let value = to_float(&args[0]);
    let places = i32::try_from(int(&args[1])).unwrap_or(0);
    let power = 10_f64.powi(places);
    let digit = power * value;
    let fraction = digit % 1.0;
    let rounded = if value < 0.0 {
        if -fraction >= on { digit.floor() } else { digit.ceil() }
    } else if fraction >= on {
        digit.ceil()
    } else {
        digit.floor()
    };
    Ok(Value::Float(rounded / power))
}

/// `seq` of the shell, as a text.
fn seq(exec: &mut crate::exec::Exec<'_>, args: &[Value]) -> Result<Value, Failure> {
    let toward = |from: i64, to: i64| if to < from { -1 } else { 1 };
    let (start, step, end) = match args {
        [end] => (1, toward(1, int(end)), int(end)),
        [start, end] => (int(start), toward(int(start), int(end)), int(end)),
        [start, step, end] => (int(start), int(step), int(end)),
        _ => return Ok(Value::str("")),
    };
    if step == 0 || (step > 0 && start > end) || (step < 0 && start < end) {
        return Ok(Value::str(""));
    }
    let count = end.abs_diff(start) / step.unsigned_abs() + 1;
    exec.check_text(usize::try_from(count).unwrap_or(usize::MAX).saturating_mul(8))?;
    let mut numbers = Vec::new();
    let mut at = start;
    while (step > 0 && at <= end) || (step < 0 && at >= end) {
        numbers.push(at.to_string());
        let Some(next) = at.checked_add(step) else { break };
        at = next;
    }
    Ok(Value::from(numbers.join(" ")))
}
