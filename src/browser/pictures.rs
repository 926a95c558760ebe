//! A picture's pixels, decoded by the browser and judged by `files::photo`.
//!
//! Browsers disagree on EXIF orientation: Chromium 79 ignores it, today's applies it. They convert
//! by the picture's colour profile, and a host's decoder does not. So the picture is decoded without
//! either: the orientation is ours to apply, and the colours are those that are stored.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

use super::http::part;
use crate::files::photo::{Look, Region, Tally, regions};
use crate::files::{Facts, ImageFacts};

/// What the picture looks like; `None` where the browser cannot decode it.
pub(super) async fn look(copy: &Blob, facts: &Facts, picture: &ImageFacts) -> Option<Look> {
    let bare = bare(copy, facts)?;
    let window = web_sys::window()?;
    let bitmap = JsFuture::from(window.create_image_bitmap_with_blob(&bare).ok()?).await.ok()?;
    let bitmap: ImageBitmap = bitmap.dyn_into().ok()?;
    let look = tally(&bitmap, picture);
    bitmap.close();
    look
}

fn bare(copy: &Blob, facts: &Facts) -> Option<Blob> {
    let Some(ranges) = facts.bare() else { return Some(copy.clone()) };
    let parts = Array::new();
    for range in ranges {
        parts.push(&part(copy, range.start, range.end)?);
    }
    Blob::new_with_blob_sequence(&parts).ok()
}

fn tally(bitmap: &ImageBitmap, picture: &ImageFacts) -> Option<Look> {
    if (bitmap.width(), bitmap.height()) != (picture.raw_width, picture.raw_height) {
        return None;
    }
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    let mut tally = Tally::default();
    for region in regions(picture.raw_width, picture.raw_height, picture.orientation) {
        let rgba = pixels(&canvas, bitmap, &region)?;
        tally.add(&region, &rgba);
    }
    Some(tally.look())
}

/// The pixels of one region, as they are: nothing is scaled or smoothed.
fn pixels(canvas: &HtmlCanvasElement, bitmap: &ImageBitmap, region: &Region) -> Option<Vec<u8>> {
    let (width, height) = (region.rect.width, region.rect.height);
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (x, y, w, h) =
        (f64::from(region.rect.x), f64::from(region.rect.y), f64::from(width), f64::from(height));
    context
        .draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            bitmap, x, y, w, h, 0.0, 0.0, w, h,
        )
        .ok()?;
    Some(context.get_image_data(0.0, 0.0, w, h).ok()?.data().0)
}
