//! Which charts below a chart take part, and what they hand up.

use crate::chart::Chart;
use crate::error::Error;
use crate::values::{Nulls, at_path, coalesce, deep, tables};
use ks_gotemplate::{Constraint, Map, Value, Version};

/// Leaves only charts that are switched on, under their aliases, and takes over the values that they export.
pub(crate) fn process(chart: &mut Chart, given: &Map) -> Result<(), Error> {
    check(chart)?;
    switch(chart, given, "")?;
    import(chart)
}

/// Every chart that is wanted must be there.
fn check(chart: &Chart) -> Result<(), Error> {
    let there = |name: &str| chart.dependencies.iter().any(|dependency| dependency.name() == name);
    let missing: Vec<&str> =
        chart.metadata.dependencies.iter().map(|wanted| wanted.name.as_str()).filter(|name| !there(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let problem = format!(
        "found in Chart.yaml, but missing in charts/ directory: {}; run `helm dependency build`",
        missing.join(", ")
    );
    Err(Error::chart(chart.name(), problem))
}

fn fits(constraint: &str, version: &str) -> bool {
    let constraint = if constraint.is_empty() { "*" } else { constraint };
    match (Constraint::parse(constraint), Version::parse(version)) {
        (Some(constraint), Some(version)) => constraint.allows(&version),
        _ => false,
    }
}

fn switch(chart: &mut Chart, given: &Map, path: &str) -> Result<(), Error> {
    if chart.metadata.dependencies.is_empty() {
        return below(chart, given, path);
    }
    let wanted = &mut chart.metadata.dependencies;
    // Charts that nobody asks for take part as they are.
    let mut kept: Vec<Chart> = Vec::new();
    for candidate in &chart.dependencies {
        let asked =
            wanted.iter().any(|one| one.name == candidate.name() && fits(&one.version, &candidate.metadata.version));
        if !asked {
            kept.push(candidate.clone());
        }
    }
    for one in wanted.iter_mut() {
        let found = chart
            .dependencies
            .iter()
            .find(|candidate| candidate.name() == one.name && fits(&one.version, &candidate.metadata.version));
        if let Some(found) = found {
            let mut found = found.clone();
            if !one.alias.is_empty() {
                found.metadata.name = one.alias.clone();
            }
            kept.push(found);
        }
        if !one.alias.is_empty() {
            one.name = one.alias.clone();
        }
        one.enabled = true;
    }
    chart.dependencies = kept;
    let values = coalesce(chart, given, Nulls::Remove)?;
    for one in &mut chart.metadata.dependencies {
        if let Some(on) = by_tags(&one.tags, &values) {
            one.enabled = on;
        }
        if let Some(on) = by_condition(&one.condition, &values, path) {
            one.enabled = on;
        }
    }
    let off: Vec<String> =
        chart.metadata.dependencies.iter().filter(|one| !one.enabled).map(|one| one.name.clone()).collect();
    chart.dependencies.retain(|dependency| !off.iter().any(|name| name == dependency.name()));
    chart.metadata.dependencies.retain(|one| one.enabled);
    below(chart, &values, path)
}

fn below(chart: &mut Chart, values: &Map, path: &str) -> Result<(), Error> {
    for dependency in &mut chart.dependencies {
        let path = format!("{path}{}.", dependency.name());
        switch(dependency, values, &path)?;
    }
    Ok(())
}

/// One tag that is on is enough; all that are set being off switches off.
fn by_tags(tags: &[String], values: &Map) -> Option<bool> {
    let set = values.get("tags");
    let set = set.as_ref().and_then(Value::as_map)?;
    let known: Vec<bool> = tags
        .iter()
        .filter_map(|tag| match set.get(tag) {
            Some(Value::Bool(on)) => Some(on),
            _ => None,
        })
        .collect();
    (!known.is_empty()).then(|| known.contains(&true))
}

/// The first path that has a boolean decides.
fn by_condition(condition: &str, values: &Map, path: &str) -> Option<bool> {
    condition.trim().split(',').filter(|one| !one.is_empty()).find_map(|one| {
        match at_path(values, &format!("{path}{}", one.trim())) {
            Some(Value::Bool(on)) => Some(on),
            _ => None,
        }
    })
}

/// From the leaves up, so that what is handed up can be handed on.
fn import(chart: &mut Chart) -> Result<(), Error> {
    for dependency in &mut chart.dependencies {
        import(dependency)?;
    }
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    let values = coalesce(chart, &Map::new(), Nulls::Keep)?;
    let imported = Map::new();
    for one in &chart.metadata.dependencies {
        for import in &one.imports {
            let Some(Value::Map(table)) = at_path(&values, &format!("{}.{}", one.name, import.child)) else { continue };
            let placed = placed(&import.parent, &deep(&table));
            // What was imported later wins.
            tables(&placed, &imported, Nulls::Keep);
            for (key, value) in placed.entries() {
                imported.insert(key, value);
            }
        }
    }
    let own = deep(&values);
    tables(&own, &imported, Nulls::Keep);
    chart.values = own;
    Ok(())
}

/// A map that has a table at a path.
fn placed(path: &str, table: &Map) -> Map {
    let path = path.trim_matches('.');
    if path.is_empty() {
        return table.clone();
    }
    path.rsplit('.').fold(table.clone(), |inner, key| {
        let outer = Map::new();
        outer.set(key, Value::Map(inner));
        outer
    })
}
