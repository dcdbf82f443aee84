//! A small picture of a picture. Only pictures of a few million pixels are decoded: a small file may say that it is as large
//! as a house.

use domain::inbox::media::{Dimensions, MediaType};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageReader, Limits};
use std::io::Cursor;

/// How wide and high a small picture is at most, in pixels: a message in the console is narrower on any screen.
const SIDE: u32 = 320;

/// The largest picture file that is decoded: the largest that WhatsApp takes as a picture.
const LARGEST_FILE: u64 = 5 * 1024 * 1024;

/// A picture has as many pixels as fit into this, and the function has 256 MB for everything.
const MOST_BYTES: u64 = 96 * 1024 * 1024;

/// The widest and highest picture.
const MOST_PIXELS: u32 = 12_000;

/// How well a small picture looks, in percent.
const QUALITY: u8 = 75;

/// What a picture turned out to be.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) dimensions: Dimensions,
    /// A small JPEG of it; none if it is too large to be decoded, or damaged.
    pub(crate) small: Option<Vec<u8>>,
}

/// Whether such a file is looked at.
pub(crate) fn is_picture(mime_type: &MediaType, size: u64) -> bool {
    ["image/jpeg", "image/png"].contains(&mime_type.essence()) && size <= LARGEST_FILE
}

/// Looks at a picture; none if it is none.
pub(crate) fn look_at(bytes: &[u8]) -> Option<Picture> {
    let reader = || ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok();
    let (width, height) = reader()?.into_dimensions().ok()?;
    Some(Picture { dimensions: Dimensions { width, height }, small: small(reader()?) })
}

fn small(mut reader: ImageReader<Cursor<&[u8]>>) -> Option<Vec<u8>> {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let picture = reader.decode().ok()?.thumbnail(SIDE, SIDE).to_rgb8();
    let mut jpeg = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY)).ok()?;
    Some(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_gets_a_small_one_and_what_says_that_it_is_huge_or_is_none_does_not() {
        let photo = include_bytes!("../../../local/meta-simulator/src/photo.png");
        let found = look_at(photo).unwrap();
        let small = look_at(&found.small.unwrap()).unwrap();
        assert!(small.dimensions.width <= SIDE && small.dimensions.height <= SIDE);
        let mut huge = photo.to_vec();
        huge[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert!(look_at(&huge).is_none_or(|picture| picture.small.is_none()));
        assert!(look_at(b"<svg onload=alert(1)>").is_none());
    }
}
