//! A set of templates that can call each other.

use crate::ast::Template;
use crate::error::Error;
use crate::exec::Exec;
use crate::limits::Limits;
use jiff::Timestamp;
use std::collections::HashMap;
use std::rc::Rc;

/// What rendering depends on besides templates and values.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How much rendering may cost.
    pub limits: Limits,
    /// The time that `now` gives.
    pub now: Timestamp,
    /// Fills a buffer with random bytes.
    pub random: fn(&mut [u8]),
}

/// Templates by name. A later definition replaces an earlier one, unless it is empty.
#[derive(Debug, Default)]
pub struct Templates {
    named: HashMap<Rc<str>, Rc<Template>>,
}

impl Templates {
    /// Parses a text and adds it under its name, with everything that it defines.
    ///
    /// # Errors
    /// When the text is no template.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), Error> {
        let mut parsed = crate::parser::parse(name, text)?;
        // The text itself comes last: its name may also be defined inside.
        parsed.rotate_left(1);
        for template in parsed {
            let replaces = !template.is_empty() || !self.named.contains_key(&template.name);
            if replaces {
                self.named.insert(template.name.clone(), Rc::new(template));
            }
        }
        Ok(())
    }

    /// Begins a run over these templates.
    #[must_use]
    pub fn run(&self, options: Options) -> Exec<'_> {
        Exec::new(self, options)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Rc<Template>> {
        self.named.get(name)
    }
}
