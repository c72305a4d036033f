use crate::catalogers::{self, Cataloger, Scope};
use crate::context::{Context, FoundFile};
use crate::draft::Draft;
use crate::model::{Distro, Sbom};
use crate::{cpe, relate, release, syft};
use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use ks_image::{FileType, Limits, Origin, Platform, Reference};

/// How to look.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The platform to take out of an index.
    pub platform: Option<Platform>,
    /// Bounds for hostile images.
    pub limits: Limits,
}

/// What was found, and what could not be read.
#[derive(Debug)]
pub struct Scanned {
    /// The inventory.
    pub sbom: Sbom,
    /// Files that should have told of packages but did not; everything else is complete.
    pub warnings: Vec<Warning>,
}

/// A file that a cataloger could not make sense of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file.
    pub path: String,
    /// The cataloger.
    pub cataloger: &'static str,
    /// What is wrong.
    pub message: String,
}

/// Reads a source and lists its packages.
pub fn scan(reference: &Reference, options: &Options) -> Result<Scanned, ks_image::Error> {
    let scope = match reference.scheme {
        ks_image::Scheme::Directory | ks_image::Scheme::File => Scope::Directory,
        _ => Scope::Image,
    };
    let catalogers: Vec<Box<dyn Cataloger>> =
        catalogers::all().into_iter().filter(|c| c.scope().covers(scope)).collect();
    let wanted = Wanted::new(&catalogers);
    let select = |path: &str, head: &[u8]| wanted.contents(path, head);
    let snapshot = ks_image::open(reference, options.platform.as_ref(), &select, &options.limits)?;

    let layers: Vec<String> = match &snapshot.origin {
        Origin::Image(image) => image.layers.iter().map(|layer| layer.diff_id.clone()).collect(),
        _ => Vec::new(),
    };
    let blank = Context { tree: &snapshot.tree, layers: &layers, distro: None };
    let distro = release::detect(&blank);
    let cx = Context { distro: distro.as_ref(), ..blank };
    let mut warnings = Vec::new();
    let (mut drafts, inner) = wanted.run(&cx, &catalogers, &mut warnings);
    let late_distro = distro.is_none().then(|| guess_distro(&drafts)).flatten();
    for draft in &mut drafts {
        if !draft.package.cpes.iter().any(|c| c.source == crate::model::CpeSource::Declared) {
            draft.package.cpes = cpe::generate(draft);
        }
        if draft.package.version.is_empty() {
            "UNKNOWN".clone_into(&mut draft.package.version);
        }
    }
    let related = relate::relate(&cx, drafts, inner);
    let sbom = Sbom {
        packages: related.packages,
        relationships: related.relationships,
        files: related.files,
        source: syft::source_of(&snapshot.origin, reference),
        distro: distro.or(late_distro),
    };
    Ok(Scanned { sbom, warnings })
}

/// Without a release file the packages may still tell whose they are.
fn guess_distro(drafts: &[Draft]) -> Option<Distro> {
    drafts.iter().find_map(|draft| {
        let (id, version) = draft.package.purl.split_once("distro=")?.1.split('&').next()?.split_once('-')?;
        Some(Distro { id: id.into(), name: id.into(), version_id: version.into(), ..Distro::default() })
    })
}

/// The globs of all catalogers, compiled once.
struct Wanted {
    parsed: GlobSet,
    owners: Vec<usize>,
    companions: GlobSet,
    executables: Vec<usize>,
}

impl Wanted {
    fn new(catalogers: &[Box<dyn Cataloger>]) -> Self {
        let (mut parsed, mut owners, mut companions) = (GlobSetBuilder::new(), Vec::new(), GlobSetBuilder::new());
        let compile = |glob: &str| -> Option<Glob> {
            GlobBuilder::new(glob).literal_separator(true).backslash_escape(true).build().ok()
        };
        for (index, cataloger) in catalogers.iter().enumerate() {
            for glob in cataloger.globs().iter().filter_map(|glob| compile(glob)) {
                parsed.add(glob);
                owners.push(index);
            }
            cataloger.companions().iter().filter_map(|glob| compile(glob)).for_each(|glob| {
                companions.add(glob);
            });
        }
        release::FILES.iter().filter_map(|glob| compile(glob)).for_each(|glob| {
            companions.add(glob);
        });
        let executables = (0..catalogers.len()).filter(|index| catalogers.get(*index).is_some_and(|c| c.executables()));
        Self {
            parsed: parsed.build().unwrap_or_default(),
            owners,
            companions: companions.build().unwrap_or_default(),
            executables: executables.collect(),
        }
    }

    fn contents(&self, path: &str, head: &[u8]) -> bool {
        (!self.executables.is_empty() && FileType::of(head).is_executable())
            || self.parsed.is_match(path)
            || self.companions.is_match(path)
    }

    /// The packages of all catalogers, and for each package the indexes of those that it depends on.
    fn run(
        &self,
        cx: &Context<'_>,
        catalogers: &[Box<dyn Cataloger>],
        warnings: &mut Vec<Warning>,
    ) -> (Vec<Draft>, Vec<(usize, usize)>) {
        let mut files: Vec<Vec<FoundFile>> = vec![Vec::new(); catalogers.len()];
        let mut matched = Vec::new();
        cx.tree.for_each_file(|path, node| {
            matched.clear();
            self.parsed.matches_into(path, &mut matched);
            let mut owners: Vec<usize> = matched.iter().filter_map(|glob| self.owners.get(*glob).copied()).collect();
            if cx.tree.attributes(node).mime_type.starts_with("application/")
                && cx.tree.content(node).is_some_and(is_program)
            {
                owners.extend(&self.executables);
            }
            owners.sort_unstable();
            owners.dedup();
            for owner in owners {
                if let Some(list) = files.get_mut(owner) {
                    list.push(FoundFile { path: path.to_owned(), node });
                }
            }
        });
        let (mut drafts, mut inner) = (Vec::new(), Vec::new());
        for (cataloger, files) in catalogers.iter().zip(&files) {
            for file in files {
                let before = drafts.len();
                if let Err(error) = cataloger.catalog(cx, file, &mut drafts) {
                    warnings.push(Warning {
                        path: file.path.clone(),
                        cataloger: cataloger.name(),
                        message: error.to_string(),
                    });
                }
                for (index, draft) in drafts.iter_mut().enumerate().skip(before) {
                    cataloger.name().clone_into(&mut draft.package.found_by);
                    inner.extend(draft.depends_on.drain(..).map(|on| (index, before + on)));
                }
            }
        }
        (drafts, inner)
    }
}

fn is_program(content: &ks_image::Content) -> bool {
    use std::io::Read;
    let mut head = Vec::new();
    content.open().and_then(|reader| reader.take(8).read_to_end(&mut head)).is_ok()
        && FileType::of(&head).is_executable()
}
