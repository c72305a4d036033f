//! Pages to draw on from top to bottom. Positions are points from the upper left corner, as one reads.

use super::font::{Font, encode};
use pdf_writer::types::{ActionType, AnnotationType};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

/// A4 in points.
pub(super) const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
/// 12 mm at the sides, 15 mm above and below.
pub(super) const LEFT: f32 = 34.0;
pub(super) const RIGHT: f32 = WIDTH - LEFT;
const TOP: f32 = 42.5;
const BOTTOM: f32 = HEIGHT - 48.0;
const FOOTER: f32 = HEIGHT - 26.0;

/// Red, green and blue, 0 to 255.
pub(super) type Color = (u8, u8, u8);

pub(super) const BLACK: Color = (28, 36, 48);
pub(super) const SOFT: Color = (90, 102, 120);
pub(super) const LINE: Color = (205, 212, 222);
pub(super) const STRIPE: Color = (240, 243, 247);
pub(super) const ACCENT: Color = (36, 86, 199);
pub(super) const WHITE: Color = (255, 255, 255);

/// Text of one look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    pub(super) font: Font,
    pub(super) size: f32,
    pub(super) color: Color,
}

impl Type {
    pub(super) const fn new(font: Font, size: f32, color: Color) -> Self {
        Self { font, size, color }
    }

    /// From one line to the next.
    pub(super) fn leading(self) -> f32 {
        self.size * 1.3
    }

    pub(super) fn width(self, text: &[u8]) -> f32 {
        self.font.width(text, self.size)
    }
}

/// A document that is being drawn.
pub(super) struct Paper {
    pdf: Pdf,
    next: i32,
    catalog: Ref,
    tree: Ref,
    pages: Vec<Drawn>,
    content: Content,
    links: Vec<(Rect, String)>,
    marks: Vec<Bookmark>,
    /// Where the next thing is drawn.
    pub(super) y: f32,
}

/// A finished page without its footer.
struct Drawn {
    page: Ref,
    content: Ref,
    links: Vec<Ref>,
}

struct Bookmark {
    title: String,
    page: usize,
    y: f32,
}

impl Paper {
    pub(super) fn new() -> Self {
        let mut paper = Self {
            pdf: Pdf::new(),
            next: 1,
            catalog: Ref::new(1),
            tree: Ref::new(1),
            pages: Vec::new(),
            content: Content::new(),
            links: Vec::new(),
            marks: Vec::new(),
            y: TOP,
        };
        paper.catalog = paper.reference();
        paper.tree = paper.reference();
        paper
    }

    fn reference(&mut self) -> Ref {
        let reference = Ref::new(self.next);
        self.next += 1;
        reference
    }

    /// Begins a new page unless `height` points are left on this one. Says whether it did.
    pub(super) fn need(&mut self, height: f32) -> bool {
        let begin = self.y + height > BOTTOM && self.y > TOP;
        if begin {
            self.turn();
        }
        begin
    }

    /// Whether `height` points are left on this page.
    pub(super) fn fits(&self, height: f32) -> bool {
        self.y + height <= BOTTOM
    }

    /// Finishes the page.
    fn turn(&mut self) {
        let (page, content) = (self.reference(), self.reference());
        let drawn = std::mem::replace(&mut self.content, Content::new()).finish();
        let data = miniz_oxide::deflate::compress_to_vec_zlib(&drawn, 6);
        self.pdf.stream(content, &data).filter(Filter::FlateDecode);
        let mut links = Vec::new();
        for (rect, address) in std::mem::take(&mut self.links) {
            let link = self.reference();
            let mut annotation = self.pdf.annotation(link);
            annotation.subtype(AnnotationType::Link).rect(rect).border(0.0, 0.0, 0.0, None);
            annotation.action().action_type(ActionType::Uri).uri(Str(address.as_bytes()));
            annotation.finish();
            links.push(link);
        }
        self.pages.push(Drawn { page, content, links });
        self.y = TOP;
    }

    /// A bookmark to here.
    pub(super) fn mark(&mut self, title: &str) {
        self.marks.push(Bookmark { title: title.to_owned(), page: self.pages.len(), y: self.y });
    }

    /// Encoded text with its baseline at `y`.
    pub(super) fn show(&mut self, x: f32, y: f32, text: &[u8], look: Type) {
        if text.is_empty() {
            return;
        }
        self.fill_color(look.color);
        self.content
            .begin_text()
            .set_font(Name(look.font.key()), look.size)
            .next_line(x, HEIGHT - y)
            .show(Str(text))
            .end_text();
    }

    /// Encoded text that ends at `x`.
    pub(super) fn show_right(&mut self, x: f32, y: f32, text: &[u8], look: Type) {
        self.show(x - look.width(text), y, text, look);
    }

    /// A paragraph at `x`, as wide as `room`, below what was drawn last. It may go on over pages.
    pub(super) fn paragraph(&mut self, x: f32, room: f32, text: &str, look: Type) {
        for line in look.font.wrap(text, look.size, room) {
            self.need(look.leading());
            self.show(x, self.y + look.size, &line, look);
            self.y += look.leading();
        }
    }

    /// Makes an area lead to an address.
    pub(super) fn link(&mut self, x: f32, y: f32, width: f32, height: f32, address: &str) {
        self.links.push((Rect::new(x, HEIGHT - y - height, x + width, HEIGHT - y), address.to_owned()));
    }

    fn fill_color(&mut self, color: Color) {
        let [r, g, b] = parts(color);
        self.content.set_fill_rgb(r, g, b);
    }

    pub(super) fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32, color: Color) {
        self.fill_color(color);
        self.content.rect(x, HEIGHT - y - height, width, height).fill_nonzero();
    }

    /// A filled rectangle with round corners.
    pub(super) fn rounded(&mut self, x: f32, y: f32, width: f32, height: f32, radius: f32, color: Color) {
        let radius = radius.min(width / 2.0).min(height / 2.0);
        let (bottom, top, right) = (HEIGHT - y - height, HEIGHT - y, x + width);
        // How far the handles of a quarter circle stand from its ends.
        let handle = radius * 0.447_715;
        self.fill_color(color);
        self.content
            .move_to(x + radius, bottom)
            .line_to(right - radius, bottom)
            .cubic_to(right - handle, bottom, right, bottom + handle, right, bottom + radius)
            .line_to(right, top - radius)
            .cubic_to(right, top - handle, right - handle, top, right - radius, top)
            .line_to(x + radius, top)
            .cubic_to(x + handle, top, x, top - handle, x, top - radius)
            .line_to(x, bottom + radius)
            .cubic_to(x, bottom + handle, x + handle, bottom, x + radius, bottom)
            .close_path()
            .fill_nonzero();
    }

    /// A line from left to right.
    pub(super) fn rule(&mut self, x: f32, y: f32, width: f32, color: Color) {
        self.rectangle(x, y, width, 0.7, color);
    }

    /// A part of a ring around a point, clockwise from above; `share` is 0 to 1.
    pub(super) fn arc(&mut self, x: f32, y: f32, radius: f32, thickness: f32, share: f32, color: Color) {
        if share <= 0.0 {
            return;
        }
        let [r, g, b] = parts(color);
        let angle = std::f32::consts::TAU * share.min(1.0);
        // A curve comes near enough to an eighth of a circle.
        let pieces = (angle / std::f32::consts::FRAC_PI_4).ceil().max(1.0);
        let step = angle / pieces;
        let handle = 4.0 / 3.0 * (step / 4.0).tan() * radius;
        let at = |angle: f32| (x + radius * angle.sin(), HEIGHT - y + radius * angle.cos());
        self.content.set_stroke_rgb(r, g, b).set_line_width(thickness);
        let (x0, y0) = at(0.0);
        self.content.move_to(x0, y0);
        let mut from = 0.0_f32;
        while from < angle - step / 2.0 {
            let to = from + step;
            let ((ax, ay), (bx, by)) = (at(from), at(to));
            self.content.cubic_to(
                ax + handle * from.cos(),
                ay - handle * from.sin(),
                bx - handle * to.cos(),
                by + handle * to.sin(),
                bx,
                by,
            );
            from = to;
        }
        self.content.stroke();
    }

    /// A filled shape of lines and curves: each step is a point, or two handles and a point.
    pub(super) fn shape(&mut self, start: (f32, f32), steps: &[Step], color: Color) {
        self.fill_color(color);
        self.content.move_to(start.0, HEIGHT - start.1);
        for step in steps {
            match *step {
                Step::Line((x, y)) => self.content.line_to(x, HEIGHT - y),
                Step::Curve((ax, ay), (bx, by), (x, y)) => {
                    self.content.cubic_to(ax, HEIGHT - ay, bx, HEIGHT - by, x, HEIGHT - y)
                }
            };
        }
        self.content.close_path().fill_nonzero();
    }

    /// A stroked line with round ends.
    pub(super) fn stroke(&mut self, points: &[(f32, f32)], thickness: f32, color: Color) {
        let [r, g, b] = parts(color);
        self.content.set_stroke_rgb(r, g, b).set_line_width(thickness);
        self.content.set_line_cap(pdf_writer::types::LineCapStyle::RoundCap);
        for (at, (x, y)) in points.iter().enumerate() {
            if at == 0 {
                self.content.move_to(*x, HEIGHT - y);
            } else {
                self.content.line_to(*x, HEIGHT - y);
            }
        }
        self.content.stroke().set_line_cap(pdf_writer::types::LineCapStyle::ButtCap);
    }

    /// The whole document.
    pub(super) fn finish(mut self, title: &str, time: jiff::Timestamp, footer: &str) -> Vec<u8> {
        self.turn();
        let fonts = Font::ALL.map(|font| (font, self.reference()));
        for (font, reference) in fonts {
            let mut one = self.pdf.type1_font(reference);
            one.base_font(Name(font.name())).encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        let count = self.pages.len();
        let pages = std::mem::take(&mut self.pages);
        for (at, drawn) in pages.iter().enumerate() {
            let below = self.footer(footer, &format!("Page {} of {count}", at + 1));
            let mut page = self.pdf.page(drawn.page);
            page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(self.tree);
            page.contents_array([drawn.content, below]);
            if !drawn.links.is_empty() {
                page.annotations(drawn.links.iter().copied());
            }
            let mut resources = page.resources();
            let mut dictionary = resources.fonts();
            for (font, reference) in fonts {
                dictionary.pair(Name(font.key()), reference);
            }
        }
        let kids: Vec<Ref> = pages.iter().map(|drawn| drawn.page).collect();
        self.pdf.pages(self.tree).count(i32::try_from(kids.len()).unwrap_or(i32::MAX)).kids(kids.iter().copied());
        let outline = self.outline(&kids);
        let information = self.reference();
        let mut info = self.pdf.document_info(information);
        info.title(TextStr(title)).creator(TextStr("Kubescape"));
        if let Some(date) = date(time) {
            info.creation_date(date);
        }
        info.finish();
        let mut catalog = self.pdf.catalog(self.catalog);
        catalog.pages(self.tree).lang(TextStr("en"));
        catalog.viewer_preferences().display_doc_title(true);
        if let Some(outline) = outline {
            catalog.outlines(outline).page_mode(pdf_writer::types::PageMode::UseOutlines);
        }
        catalog.finish();
        self.pdf.finish()
    }

    fn footer(&mut self, left: &str, right: &str) -> Ref {
        let look = Type::new(Font::Regular, 8.0, SOFT);
        self.content = Content::new();
        let left = look.font.cut(left, look.size, RIGHT - LEFT - 100.0);
        self.show(LEFT, FOOTER, &left, look);
        self.show_right(RIGHT, FOOTER, &encode(right), look);
        let content = self.reference();
        let data = miniz_oxide::deflate::compress_to_vec_zlib(
            &std::mem::replace(&mut self.content, Content::new()).finish(),
            6,
        );
        self.pdf.stream(content, &data).filter(Filter::FlateDecode);
        content
    }

    /// The bookmarks, one after the other.
    fn outline(&mut self, pages: &[Ref]) -> Option<Ref> {
        let marks = std::mem::take(&mut self.marks);
        let outline = self.reference();
        let items: Vec<Ref> = marks.iter().map(|_| self.reference()).collect();
        let (&first, &last) = (items.first()?, items.last()?);
        let count = i32::try_from(items.len()).unwrap_or(i32::MAX);
        self.pdf.outline(outline).first(first).last(last).count(count);
        for (at, mark) in marks.iter().enumerate() {
            let mut item = self.pdf.outline_item(items[at]);
            item.title(TextStr(&mark.title)).parent(outline);
            if at > 0 {
                item.prev(items[at - 1]);
            }
            if let Some(&next) = items.get(at + 1) {
                item.next(next);
            }
            if let Some(&page) = pages.get(mark.page) {
                item.dest().page(page).xyz(0.0, HEIGHT - mark.y + 10.0, None);
            }
        }
        Some(outline)
    }
}

/// A step of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Line((f32, f32)),
    Curve((f32, f32), (f32, f32), (f32, f32)),
}

fn parts((r, g, b): Color) -> [f32; 3] {
    [r, g, b].map(|part| f32::from(part) / 255.0)
}

fn date(time: jiff::Timestamp) -> Option<pdf_writer::Date> {
    let part = |format: &str| time.strftime(format).to_string().parse::<u16>().ok();
    let small = |format: &str| part(format).and_then(|value| u8::try_from(value).ok());
    let date = pdf_writer::Date::new(part("%Y")?).month(small("%m")?).day(small("%d")?);
    Some(date.hour(small("%H")?).minute(small("%M")?).second(small("%S")?).utc_offset_hour(0).utc_offset_minute(0))
}
