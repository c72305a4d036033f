//! `kubescape control eval --cases FILE`: JSON lines in, JSON lines out.

use crate::args::Eval;
use anyhow::{Context as _, Result};
use ks_control::{Context, Finding, Library, Rule};
use ks_object::{Object, Path, Tree, from_json};
use ks_policy::{Failing, Matching, evaluate, inputs};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, BufWriter, Write};

#[derive(Debug, Deserialize)]
struct Case {
    rule: String,
    #[serde(default)]
    case: Value,
    #[serde(default)]
    input: Vec<Value>,
    #[serde(default)]
    inputs: CaseInputs,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct CaseInputs {
    posture_control_inputs: BTreeMap<String, Vec<String>>,
    data_control_inputs: BTreeMap<String, Value>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    objects: Vec<Named<'a>>,
    external: Option<Value>,
    failed_paths: &'a [Path],
    delete_paths: &'a [Path],
    review_paths: &'a [Path],
    fix_paths: Vec<Value>,
    #[serde(skip_serializing_if = "str::is_empty")]
    fix_command: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_objects: Vec<Value>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Named<'a> {
    api_version: &'a str,
    kind: &'a str,
    namespace: Option<&'a str>,
    name: Option<&'a str>,
}

/// Answers cases, or evaluates one control or rule on manifest files.
pub(crate) fn run(args: &Eval) -> Result<()> {
    let library = ks_controls::library();
    match (&args.cases, &args.name) {
        (Some(cases), _) => answer_all(&library, cases),
        (None, Some(name)) => on_files(&library, name, args),
        (None, None) => anyhow::bail!("name a control or a rule, or give --cases"),
    }
}

/// Answers every case; a line that is no case gets an error as its answer.
fn answer_all(library: &Library, cases: &std::path::Path) -> Result<()> {
    let input: Box<dyn BufRead> = if cases.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        let file = std::fs::File::open(cases).with_context(|| format!("opening {}", cases.display()))?;
        Box::new(BufReader::new(file))
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in input.lines() {
        let answer = match serde_json::from_str::<Case>(&line?) {
            Ok(case) => answer(library, &case),
            Err(error) => json!({ "error": format!("not a case: {error}") }),
        };
        serde_json::to_writer(&mut out, &answer)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// Evaluates a control or rule on manifest files and prints its findings.
fn on_files(library: &Library, name: &str, args: &Eval) -> Result<()> {
    let rules = rules(library, name)?;
    let mut values = inputs::defaults(library.inputs);
    if let Some(path) = &args.controls_config {
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        values.extend(inputs::read(&text).with_context(|| format!("control inputs {}", path.display()))?);
    }
    let context = Context {
        inputs: inputs::inputs(&values),
        cloud_provider: args.cloud_provider.clone(),
        strict: args.strict,
        parse_yaml: Some(ks_yaml::parse),
        ..Context::default()
    };
    let options = ks_source::Options::default();
    let (mut trees, mut places) = (Vec::new(), Vec::new());
    for file in &ks_source::find(&args.files, &options)?.list {
        ks_source::load(file, &options, &mut |loaded| match loaded {
            ks_source::Loaded::Object { tree, origin } => {
                trees.push(tree);
                places.push(origin);
            }
            ks_source::Loaded::Skipped(skipped) => {
                // A closed standard error is nobody's loss.
                let _ =
                    writeln!(std::io::stderr(), "{}:{}: not judged: {}", skipped.path, skipped.line, skipped.reason);
            }
            ks_source::Loaded::Warning(_) => {}
        });
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut all = Vec::new();
    for rule in rules {
        let evaluation = evaluate(rule, &trees, &context, Matching::Kind)
            .map_err(|reason| anyhow::anyhow!("rule {} cannot answer: {reason}", rule.name))?;
        for (failing, finding) in &evaluation.findings {
            let mut value = describe(failing, finding, &trees);
            value["rule"] = rule.name.into();
            if let Failing::Object(at) = failing {
                value["file"] = places[*at].file.relative.clone().into();
            }
            all.push((value, failing.clone(), finding.clone()));
        }
    }
    match args.format.as_str() {
        "json" => {
            let values: Vec<_> = all.into_iter().map(|(value, ..)| value).collect();
            serde_json::to_writer_pretty(&mut out, &values)?;
            writeln!(out)?;
        }
        "text" => {
            for (value, failing, finding) in &all {
                let root = match failing {
                    Failing::Object(at) => trees[*at].root().map(|root| (root, &places[*at])),
                    _ => None,
                };
                print(value, root, finding, &mut out)?;
            }
            writeln!(out, "{} findings on {} objects", all.len(), trees.len())?;
        }
        other => anyhow::bail!("invalid format {other:?}; formats are text and json"),
    }
    Ok(out.flush()?)
}

/// One finding as text: what fails, then a line a path with its place.
fn print(
    value: &Value,
    root: Option<(ks_object::Node<'_>, &ks_object::Origin)>,
    finding: &Finding,
    out: &mut dyn Write,
) -> Result<()> {
    let named = value["objects"].get(0).unwrap_or(&value["external"]);
    let text = |key: &str| named[key].as_str().unwrap_or_default();
    writeln!(out, "{}  {} {}", value["rule"].as_str().unwrap_or_default(), text("kind"), text("name"))?;
    let place = |path: &Path| match root {
        Some((root, origin)) => {
            let position = root.find(path.as_str()).node.position();
            format!("  ({}:{}:{})", origin.file.relative, position.line, position.column)
        }
        None => String::new(),
    };
    let paths = &finding.paths;
    for (mark, list) in [("failed", &paths.failed), ("delete", &paths.delete), ("review", &paths.review)] {
        for path in list {
            writeln!(out, "  {mark:<6}  {path}{}", place(path))?;
        }
    }
    for fix in &paths.fix {
        writeln!(out, "  set     {}={}{}", fix.path, fix.value, place(&fix.path))?;
    }
    if !finding.command.is_empty() {
        writeln!(out, "  run     {}", finding.command)?;
    }
    Ok(())
}

/// The rules of a control, or the rule of that name.
fn rules(library: &Library, name: &str) -> Result<Vec<&'static Rule>> {
    if let Some(control) = library.controls.iter().find(|control| control.id.eq_ignore_ascii_case(name)) {
        return Ok(control.rules.iter().filter(|rule| !rule.retired).copied().collect());
    }
    let rule = find(library, name);
    Ok(vec![rule.with_context(|| format!("no control has the id {name:?} and no rule is called so"))?])
}

fn answer(library: &Library, case: &Case) -> Value {
    let error = |error: &str| json!({ "rule": case.rule, "case": case.case, "error": error });
    let Some(rule) = find(library, &case.rule) else { return error("unknown rule") };
    let mut values = inputs::defaults(library.inputs);
    values.extend(case.inputs.posture_control_inputs.clone());
    let provider = case.inputs.data_control_inputs.get("cloudProvider").and_then(Value::as_str);
    let context = Context {
        inputs: inputs::inputs(&values),
        cloud_provider: provider.unwrap_or_default().to_owned(),
        parse_yaml: Some(ks_yaml::parse),
        ..Context::default()
    };
    let trees: Vec<Tree> = case.input.iter().map(from_json).collect();
    match evaluate(rule, &trees, &context, Matching::Kind) {
        Err(reason) => error(reason),
        Ok(evaluation) => {
            let findings: Vec<_> =
                evaluation.findings.iter().map(|(failing, finding)| describe(failing, finding, &trees)).collect();
            json!({ "rule": case.rule, "case": case.case, "findings": findings })
        }
    }
}

/// A rule by its name.
fn find(library: &Library, name: &str) -> Option<&'static Rule> {
    library.controls.iter().flat_map(|control| control.rules).find(|rule| rule.name == name).copied()
}

fn describe<'a>(failing: &'a Failing, finding: &'a Finding, trees: &'a [Tree]) -> Value {
    let object = |at: usize| trees.get(at).and_then(Tree::root).map(|root| Object::new(root, 0));
    let mut objects = Vec::new();
    let mut external = None;
    match failing {
        Failing::Object(at) => objects.extend(object(*at).map(named)),
        Failing::Subject { binding, subject, .. } => {
            let subject = object(*binding).and_then(|binding| binding.at(&["subjects"])?.item(*subject));
            let text = |key| subject.and_then(|subject| subject.str_at(&[key]));
            external = Some(json!({ "kind": text("kind"), "name": text("name") }));
        }
        Failing::External(body) => {
            let text = |key: &str| body.body.get(key).and_then(Value::as_str);
            external = Some(json!({ "kind": text("kind"), "name": text("name") }));
        }
    }
    let fix = finding.paths.fix.iter().map(|fix| json!({ "path": fix.path.as_str(), "value": fix.value }));
    let related = finding.related.iter().filter_map(|related| {
        let object = object(related.object as usize)?;
        Some(json!({ "object": named(object), "failedPaths": related.paths.failed, "reviewPaths": related.paths.review,
            "deletePaths": related.paths.delete }))
    });
    json!(Answer {
        objects,
        external,
        failed_paths: &finding.paths.failed,
        delete_paths: &finding.paths.delete,
        review_paths: &finding.paths.review,
        fix_paths: fix.collect(),
        fix_command: &finding.command,
        related_objects: related.collect(),
    })
}

fn named(object: Object<'_>) -> Named<'_> {
    Named { api_version: object.api_version(), kind: object.kind(), namespace: object.namespace(), name: object.name() }
}
