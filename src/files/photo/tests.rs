use super::{Background, MAX_POINTS, Tally, look, regions};

const BLUES: [[u8; 3]; 4] =
    [[0x43, 0x8E, 0xDB], [0x00, 0xBF, 0xFF], [0x3C, 0x8C, 0xDC], [0x00, 0x70, 0xC0]];
const SKIN: [u8; 3] = [224, 172, 140];

/// A person before a ground, upright 413 x 579, asked for in upright coordinates.
fn portrait(ground: [u8; 3]) -> impl Fn(u32, u32) -> [u8; 3] {
    move |x, y| {
        let (dx, dy) = (x.abs_diff(206), y.abs_diff(240));
        if dx * dx + dy * dy * 3 / 4 < 110 * 110 {
            if y < 170 { [20, 18, 16] } else { SKIN }
        } else if y > 360 {
            [30, 30, 34]
        } else {
            ground
        }
    }
}

/// The stored pixel (x, y) of an upright picture of 413 x 579 stored with `orientation`.
fn upright_of(orientation: u8, x: u32, y: u32) -> (u32, u32) {
    let (right, below) = (412, 578);
    match orientation {
        2 => (right - x, y),
        3 => (right - x, below - y),
        4 => (x, below - y),
        5 => (y, x),
        6 => (right - y, x),
        7 => (right - y, below - x),
        8 => (y, below - x),
        _ => (x, y),
    }
}

#[track_caller]
fn check(ground: [u8; 3], expect: &str) {
    let found = look(413, 579, 1, portrait(ground));
    assert_eq!(found.background.name(), expect);
}

#[test]
fn the_usual_blues_are_blue() {
    for blue in BLUES {
        check(blue, "blue");
    }
}

#[test]
fn other_grounds_are_named() {
    check([255, 255, 255], "white");
    check([245, 247, 250], "white");
    check([255, 0, 0], "red");
    check([200, 22, 29], "red");
    check([150, 152, 155], "grey");
    check([40, 160, 60], "other");
    check([10, 10, 12], "other");
    check(SKIN, "other");
}

#[test]
fn the_edges_of_blue_are_where_the_recipe_puts_them() {
    // Hue 190 and 250 exactly, then one step beyond.
    check([0, 215, 255], "other");
    check([0, 212, 255], "blue");
    check([42, 0, 255], "blue");
    check([44, 0, 255], "other");
    // Saturation 0.25 and just below.
    check([150, 150, 200], "blue");
    check([151, 151, 200], "other");
}

#[test]
fn a_gradient_from_blue_to_white_is_mixed() {
    let found = look(413, 579, 1, |_, y| {
        let pale = u8::try_from((y * 255 / 60).min(255)).unwrap();
        [pale, pale.max(0x70), pale.max(0xC0)]
    });
    assert_eq!(found.background, Background::Mixed);
}

#[test]
fn a_picture_that_lies_on_its_side_is_looked_at_upright() {
    for orientation in 1..=8 {
        let (width, height) = if orientation > 4 { (579, 413) } else { (413, 579) };
        // Only the top quarter is blue, so every other way of looking would see the rest.
        let found = look(width, height, orientation, |x, y| {
            assert!(x < width && y < height);
            let (_, y) = upright_of(orientation, x, y);
            if y < 145 { BLUES[0] } else { [255, 255, 255] }
        });
        assert_eq!(found.background, Background::Blue, "orientation {orientation}");
    }
}

#[test]
fn the_regions_of_the_ground_do_not_overlap() {
    for orientation in 1..=8 {
        let (width, height) = if orientation > 4 { (579, 413) } else { (413, 579) };
        let rects = regions(width, height, orientation).into_iter();
        let rects = rects.filter(|region| region.ground);
        let mut seen = std::collections::HashSet::new();
        for rect in rects.map(|region| region.rect) {
            for y in rect.y..rect.y + rect.height {
                assert!((rect.x..rect.x + rect.width).all(|x| seen.insert((x, y))));
            }
        }
        assert_eq!(seen.len(), 2 * 33 * 115 + 347 * 28);
    }
}

#[test]
fn grey_stored_as_colour_is_not_colour() {
    let grey = look(413, 579, 1, |x, y| {
        let v = u8::try_from((x + y) % 240).unwrap();
        [v + 6, v + 3, v]
    });
    assert!(!grey.colour);
}

#[test]
fn a_face_alone_is_colour() {
    let found = look(413, 579, 1, portrait([255, 255, 255]));
    assert!(found.colour);
}

#[test]
fn a_cut_out_ground_is_transparent() {
    let mut tally = Tally::default();
    for region in regions(413, 579, 1) {
        tally.add_points(&region, |_, _| Some([0, 0, 0, 0]));
    }
    assert_eq!(tally.look().background, Background::Transparent);
    assert!(!tally.look().colour);
}

#[test]
fn strips_and_single_pixels_give_the_same_look() {
    let picture = portrait(BLUES[1]);
    let mut strips = Tally::default();
    for region in regions(413, 579, 1) {
        let rect = region.rect;
        let rgba: Vec<u8> = (rect.y..rect.y + rect.height)
            .flat_map(|y| (rect.x..rect.x + rect.width).map(move |x| (x, y)))
            .flat_map(|(x, y)| {
                let [r, g, b] = picture(x, y);
                [r, g, b, 255]
            })
            .collect();
        strips.add(&region, &rgba);
    }
    assert_eq!(strips.look(), look(413, 579, 1, &picture));
}

#[test]
fn the_number_of_points_is_bounded_whatever_the_size() {
    for (width, height) in
        [(1, 1), (8000, 6000), (1, u32::MAX), (u32::MAX, 1), (u32::MAX, u32::MAX)]
    {
        for region in regions(width, height, 6) {
            assert!(region.points().count() as u64 <= MAX_POINTS, "{region:?}");
            assert!(region.rect.width >= 1 && region.rect.height >= 1);
            assert!(u64::from(region.rect.x) + u64::from(region.rect.width) <= width.into());
            assert!(u64::from(region.rect.y) + u64::from(region.rect.height) <= height.into());
        }
    }
    assert!(regions(0, 10, 1).is_empty());
}

#[test]
fn missing_bytes_are_left_out() {
    let mut tally = Tally::default();
    for region in regions(100, 140, 1) {
        tally.add(&region, &[1, 2]);
    }
    assert_eq!(tally.look(), super::Look { background: Background::Mixed, colour: false });
}
