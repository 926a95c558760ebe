//! The pixels of a picture at the host: what `photo` finds in them is what it finds in the page.
//!
//! Whole pictures only, and of bounded size: see [`Facts::decodable`]. A picture of the greatest size
//! takes a quarter of a gigabyte as PNG and up to three quarters as progressive JPEG, so a host
//! decodes one at a time. Colours are taken as they are stored, as the page does, without the
//! picture's colour profile.

use std::io::{BufRead, Seek};

use zune_jpeg::{
    JpegDecoder,
    zune_core::{colorspace::ColorSpace, options::DecoderOptions},
};

use super::photo::{Look, Tally, regions};
use super::{Facts, Format, ImageFacts, MAX_PIXELS, MAX_SIDE};

/// Scans of a progressive JPEG: encoders make about ten, and each costs a walk over the picture.
const MAX_SCANS: usize = 100;
/// What a PNG's decoder may put aside beside the picture, in bytes.
const MAX_ASIDE: usize = 64 << 20;

/// What a picture looks like; `None` where `facts` leaves nothing to look at, or where the picture
/// cannot be decoded. `file` is to stand at its beginning.
///
/// # Example
///
/// ```
/// use nomination_form::files::{inspect, photo::Background, pixels};
/// # use std::io::Cursor;
/// # let ground = image::RgbImage::from_pixel(413, 579, image::Rgb([0x43, 0x8E, 0xDB]));
/// # let mut photo = Cursor::new(Vec::new());
/// # ground.write_to(&mut photo, image::ImageFormat::Jpeg).unwrap();
/// # let photo = photo.into_inner();
/// let facts = inspect(&photo);
/// let look = pixels::look(Cursor::new(&photo), &facts).expect("a picture that decodes");
/// assert_eq!(look.background, Background::Blue);
/// assert!(look.colour);
/// ```
pub fn look(file: impl BufRead + Seek, facts: &Facts) -> Option<Look> {
    let picture = facts.decodable()?;
    let pixels = match facts.format {
        Format::Jpeg => jpeg(file)?,
        Format::Png => png(file)?,
        _ => return None,
    };
    let same = (pixels.width, pixels.height) == (picture.raw_width, picture.raw_height);
    same.then(|| tally(&pixels, picture))
}

/// Pixels of one to four bytes: grey, grey and alpha, colour, colour and alpha.
struct Pixels {
    width: u32,
    height: u32,
    channels: usize,
    bytes: Vec<u8>,
}

impl Pixels {
    fn at(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        let at = u64::from(y) * u64::from(self.width) + u64::from(x);
        let start = usize::try_from(at).ok()?.checked_mul(self.channels)?;
        let stored = self.bytes.get(start..start.checked_add(self.channels)?)?;
        Some(match *stored {
            [grey] => [grey, grey, grey, 255],
            [grey, alpha] => on_canvas([grey; 3], alpha),
            [red, green, blue] => [red, green, blue, 255],
            [red, green, blue, alpha] => on_canvas([red, green, blue], alpha),
            _ => return None,
        })
    }
}

/// A canvas keeps colours multiplied by their alpha and gives them back divided by it.
fn on_canvas(colour: [u8; 3], alpha: u8) -> [u8; 4] {
    let whole = u32::from(alpha);
    let round = |part: u8| {
        let kept = (u32::from(part) * whole + 127) / 255;
        let back = (kept * 255 + whole / 2).checked_div(whole).unwrap_or(0);
        u8::try_from(back).unwrap_or(u8::MAX)
    };
    let [r, g, b] = colour.map(round);
    [r, g, b, alpha]
}

fn tally(pixels: &Pixels, picture: &ImageFacts) -> Look {
    let mut tally = Tally::default();
    for region in regions(picture.raw_width, picture.raw_height, picture.orientation) {
        tally.add_points(&region, |x, y| {
            pixels.at(region.rect.x.saturating_add(x), region.rect.y.saturating_add(y))
        });
    }
    tally.look()
}

/// Four inks are mixed as browsers do it: each colour times black, taking the inks as inverted.
fn jpeg(file: impl BufRead + Seek) -> Option<Pixels> {
    let side = usize::try_from(MAX_SIDE).unwrap_or(usize::MAX);
    let options = DecoderOptions::default()
        .set_max_width(side)
        .set_max_height(side)
        .set_strict_mode(false)
        .jpeg_set_max_scans(MAX_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(file, options);
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    bounded(width, height)?;
    let bytes = decoder.decode().ok()?;
    Some(Pixels { width, height, channels: 3, bytes })
}

fn png(file: impl BufRead + Seek) -> Option<Pixels> {
    let mut decoder = png::Decoder::new_with_limits(file, png::Limits { bytes: MAX_ASIDE });
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    bounded(width, height)?;
    let mut bytes = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut bytes).ok()?;
    Some(Pixels { width, height, channels: frame.color_type.samples(), bytes })
}

/// The header as the decoder read it, should it differ from what was walked.
fn bounded(width: u32, height: u32) -> Option<()> {
    let pixels = u64::from(width) * u64::from(height);
    (pixels <= MAX_PIXELS && width.max(height) <= MAX_SIDE).then_some(())
}
