//! Properties of Unicode 18 that counting needs, as sorted ranges.
//!
//! Written by a test from the data of the ICU project: when the tables fall behind, the test fails and
//! prints the ones to put here.

/// Whether `c` lies in one of `ranges`.
pub(super) fn holds(ranges: &[(u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    let after = ranges.partition_point(|(first, _)| *first <= c);
    after.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|(_, last)| c <= *last)
}

/// `East_Asian_Width` W, F or H, except the script Hangul.
#[rustfmt::skip]
pub(super) static WIDE: &[(u32, u32)] = &[
    (0x20A9, 0x20A9), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0),
    (0x23F3, 0x23F3), (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2630, 0x2637), (0x2648, 0x2653),
    (0x267F, 0x267F), (0x268A, 0x268F), (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB),
    (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA),
    (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705),
    (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755),
    (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C),
    (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x2E80, 0x2E99), (0x2E9B, 0x2EF3), (0x2F00, 0x2FD5),
    (0x2FF0, 0x302D), (0x3030, 0x303E), (0x3041, 0x3096), (0x3099, 0x30FF), (0x3105, 0x312F),
    (0x3190, 0x31E5), (0x31EF, 0x31FF), (0x3220, 0x3247), (0x3250, 0x325F), (0x327F, 0xA48C),
    (0xA490, 0xA4C6), (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE52), (0xFE54, 0xFE66),
    (0xFE68, 0xFE6B), (0xFF01, 0xFF9F), (0xFFE0, 0xFFE6), (0xFFE8, 0xFFEE), (0x16FE0, 0x16FE4),
    (0x16FF0, 0x16FF6), (0x17000, 0x18CDA), (0x18CFF, 0x18D20), (0x18D80, 0x18DF2), (0x18E00, 0x19191),
    (0x191A0, 0x191D2), (0x1AFF0, 0x1AFF3), (0x1AFF5, 0x1AFFB), (0x1AFFD, 0x1AFFE), (0x1B000, 0x1B128),
    (0x1B132, 0x1B132), (0x1B150, 0x1B152), (0x1B155, 0x1B155), (0x1B164, 0x1B168), (0x1B170, 0x1B2FB),
    (0x1D300, 0x1D356), (0x1D360, 0x1D376), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E),
    (0x1F191, 0x1F19A), (0x1F1AE, 0x1F1AE), (0x1F200, 0x1F202), (0x1F210, 0x1F23B), (0x1F240, 0x1F248),
    (0x1F250, 0x1F251), (0x1F260, 0x1F265), (0x1F300, 0x1F320), (0x1F32D, 0x1F335), (0x1F337, 0x1F37C),
    (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3), (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4),
    (0x1F3F8, 0x1F43E), (0x1F440, 0x1F440), (0x1F442, 0x1F4FC), (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E),
    (0x1F550, 0x1F567), (0x1F57A, 0x1F57A), (0x1F595, 0x1F596), (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F),
    (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2), (0x1F6D5, 0x1F6D9), (0x1F6DC, 0x1F6DF),
    (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC), (0x1F7DA, 0x1F7DA), (0x1F7E0, 0x1F7EB), (0x1F7F0, 0x1F7F0),
    (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1F9FF), (0x1FA70, 0x1FA7C), (0x1FA80, 0x1FAC6),
    (0x1FAC8, 0x1FAC8), (0x1FACC, 0x1FADD), (0x1FADF, 0x1FAEB), (0x1FAEF, 0x1FAFA), (0x20000, 0x2FFFD),
    (0x30000, 0x3FFFD),
];

/// `East_Asian_Width` A and general category P*, S* or N*.
#[rustfmt::skip]
pub(super) static AMBIGUOUS: &[(u32, u32)] = &[
    (0xA1, 0xA1), (0xA4, 0xA4), (0xA7, 0xA8), (0xAE, 0xAE), (0xB0, 0xB4),
    (0xB6, 0xB9), (0xBC, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7), (0x2C4, 0x2C4),
    (0x2D8, 0x2DB), (0x2DD, 0x2DD), (0x2DF, 0x2DF), (0x2010, 0x2010), (0x2013, 0x2016),
    (0x2018, 0x2019), (0x201C, 0x201D), (0x2020, 0x2022), (0x2024, 0x2027), (0x2030, 0x2030),
    (0x2032, 0x2033), (0x2035, 0x2035), (0x203B, 0x203B), (0x203E, 0x203E), (0x2074, 0x2074),
    (0x2081, 0x2084), (0x20AC, 0x20AC), (0x2103, 0x2103), (0x2105, 0x2105), (0x2109, 0x2109),
    (0x2116, 0x2116), (0x2121, 0x2122), (0x2153, 0x2154), (0x215B, 0x215E), (0x2160, 0x216B),
    (0x2170, 0x2179), (0x2189, 0x2189), (0x2190, 0x2199), (0x21B8, 0x21B9), (0x21D2, 0x21D2),
    (0x21D4, 0x21D4), (0x21E7, 0x21E7), (0x2200, 0x2200), (0x2202, 0x2203), (0x2207, 0x2208),
    (0x220B, 0x220B), (0x220F, 0x220F), (0x2211, 0x2211), (0x2215, 0x2215), (0x221A, 0x221A),
    (0x221D, 0x2220), (0x2223, 0x2223), (0x2225, 0x2225), (0x2227, 0x222C), (0x222E, 0x222E),
    (0x2234, 0x2237), (0x223C, 0x223D), (0x2248, 0x2248), (0x224C, 0x224C), (0x2252, 0x2252),
    (0x2260, 0x2261), (0x2264, 0x2267), (0x226A, 0x226B), (0x226E, 0x226F), (0x2282, 0x2283),
    (0x2286, 0x2287), (0x2295, 0x2295), (0x2299, 0x2299), (0x22A5, 0x22A5), (0x22BF, 0x22BF),
    (0x2312, 0x2312), (0x2460, 0x24E9), (0x24EB, 0x254B), (0x2550, 0x2573), (0x2580, 0x258F),
    (0x2592, 0x2595), (0x25A0, 0x25A1), (0x25A3, 0x25A9), (0x25B2, 0x25B3), (0x25B6, 0x25B7),
    (0x25BC, 0x25BD), (0x25C0, 0x25C1), (0x25C6, 0x25C8), (0x25CB, 0x25CB), (0x25CE, 0x25D1),
    (0x25E2, 0x25E5), (0x25EF, 0x25EF), (0x2605, 0x2606), (0x2609, 0x2609), (0x260E, 0x260F),
    (0x261C, 0x261C), (0x261E, 0x261E), (0x2640, 0x2640), (0x2642, 0x2642), (0x2660, 0x2661),
    (0x2663, 0x2665), (0x2667, 0x266A), (0x266C, 0x266D), (0x266F, 0x266F), (0x269E, 0x269F),
    (0x26BF, 0x26BF), (0x26C6, 0x26CD), (0x26CF, 0x26D3), (0x26D5, 0x26E1), (0x26E3, 0x26E3),
    (0x26E8, 0x26E9), (0x26EB, 0x26F1), (0x26F4, 0x26F4), (0x26F6, 0x26F9), (0x26FB, 0x26FC),
    (0x26FE, 0x26FF), (0x273D, 0x273D), (0x2776, 0x277F), (0x2B56, 0x2B59), (0x3248, 0x324F),
    (0xFFFD, 0xFFFD), (0x1F100, 0x1F10A), (0x1F110, 0x1F12D), (0x1F130, 0x1F169), (0x1F170, 0x1F18D),
    (0x1F18F, 0x1F190), (0x1F19B, 0x1F1AC),
];

/// General category Cf.
#[rustfmt::skip]
pub(super) static FORMAT: &[(u32, u32)] = &[
    (0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F),
    (0x890, 0x891), (0x8E2, 0x8E2), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x2064), (0x2066, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x110BD, 0x110BD),
    (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0001, 0xE0001),
    (0xE0020, 0xE007F),
];

/// Script=Han.
#[rustfmt::skip]
pub(super) static HAN: &[(u32, u32)] = &[
    (0x2E80, 0x2E99), (0x2E9B, 0x2EF3), (0x2F00, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007),
    (0x3021, 0x3029), (0x3038, 0x303B), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFA6D),
    (0xFA70, 0xFAD9), (0x16FE2, 0x16FE3), (0x16FF0, 0x16FF6), (0x20000, 0x2A6DF), (0x2A700, 0x2B81E),
    (0x2B820, 0x2CEAD), (0x2CEB0, 0x2EBE0), (0x2EBF0, 0x2EE5D), (0x2F800, 0x2FA1D), (0x30000, 0x3134A),
    (0x31350, 0x33479),
];

/// Where clusters may end (`Grapheme_Cluster_Break` with `Indic_Conjunct_Break` and `Extended_Pictographic`): ranges,
/// each as how many code points lie before it, and how many follow its first, times 16, plus the number of a
/// [`Break`](super::graphemes::Break). What is reckoned is left out.
#[rustfmt::skip]
pub(super) static BREAKS: &[(u16, u16)] = &[
    (0, 145), (1, 17), (1, 273), (95, 513), (9, 8), (3, 1), (0, 8), (593, 1778), (275, 98),
    (263, 706), (1, 2), (1, 18), (1, 18), (1, 34), (54, 83), (10, 162), (1, 1), (46, 322),
    (16, 2), (101, 98), (0, 3), (1, 82), (2, 18), (1, 50), (33, 3), (1, 2), (30, 418),
    (91, 162), (58, 130), (9, 2), (24, 50), (1, 130), (1, 34), (1, 66), (43, 34), (52, 19),
    (5, 130), (42, 370), (0, 3), (0, 498), (0, 4), (17, 585), (0, 2), (0, 4), (0, 2),
    (1, 36), (0, 114), (0, 52), (0, 10), (0, 20), (1, 98), (0, 121), (2, 18), (20, 121),
    (1, 2), (0, 20), (17, 313), (1, 105), (1, 9), (3, 57), (2, 2), (1, 2), (0, 20),
    (0, 50), (2, 20), (2, 20), (0, 10), (9, 2), (4, 25), (1, 9), (2, 18), (12, 25),
    (12, 2), (2, 18), (0, 4), (56, 2), (1, 36), (0, 18), (4, 18), (2, 34), (3, 2),
    (30, 18), (3, 2), (11, 18), (0, 4), (17, 313), (1, 105), (1, 25), (1, 73), (2, 2),
    (1, 36), (0, 66), (1, 18), (0, 4), (1, 20), (0, 10), (20, 18), (21, 9), (0, 82),
    (1, 2), (0, 20), (17, 313), (1, 105), (1, 25), (1, 73), (2, 2), (1, 18), (0, 4),
    (0, 50), (2, 20), (2, 20), (0, 10), (5, 66), (4, 25), (1, 9), (2, 18), (13, 9),
    (16, 2), (59, 2), (0, 4), (0, 2), (0, 20), (3, 36), (1, 36), (0, 2), (9, 2),
    (40, 2), (0, 36), (0, 2), (16, 313), (1, 249), (2, 2), (1, 34), (0, 52), (1, 34),
    (1, 34), (0, 10), (7, 18), (1, 41), (7, 18), (29, 2), (0, 20), (56, 2), (1, 4),
    (0, 18), (0, 4), (0, 2), (0, 20), (1, 34), (1, 50), (7, 18), (11, 18), (15, 4),
    (12, 18), (0, 20), (17, 601), (0, 18), (1, 2), (0, 20), (0, 50), (1, 36), (1, 36),
    (0, 10), (0, 3), (8, 2), (10, 18), (29, 2), (0, 20), (70, 2), (4, 2), (0, 20),
    (0, 34), (1, 2), (1, 100), (0, 2), (18, 20), (61, 2), (1, 4), (0, 98), (12, 114),
    (98, 2), (1, 4), (0, 130), (11, 98), (73, 18), (27, 2), (1, 2), (1, 2), (4, 20),
    (49, 210), (0, 4), (0, 66), (1, 18), (5, 162), (1, 562), (9, 2), (57, 681), (2, 50),
    (0, 4), (0, 82), (1, 10), (0, 2), (0, 20), (0, 18), (0, 9), (16, 89), (0, 20),
    (0, 18), (0, 57), (0, 34), (0, 9), (3, 25), (7, 41), (0, 50), (0, 201), (0, 2),
    (1, 4), (0, 18), (6, 2), (0, 9), (14, 2), (98, 1525), (0, 1142), (0, 1399), (349, 34),
    (946, 50), (28, 34), (29, 18), (30, 18), (12, 825), (0, 18), (0, 4), (0, 98), (0, 116),
    (0, 2), (0, 20), (0, 130), (0, 10), (0, 2), (9, 2), (45, 34), (0, 1), (0, 2),
    (117, 18), (34, 2), (118, 34), (0, 52), (0, 18), (0, 36), (4, 20), (0, 2), (0, 84),
    (0, 34), (219, 18), (0, 20), (0, 2), (4, 841), (0, 4), (0, 2), (0, 4), (0, 98),
    (1, 10), (1, 2), (2, 114), (0, 84), (0, 146), (2, 2), (48, 1026), (15, 50), (0, 4),
    (6, 25), (6, 521), (0, 146), (0, 52), (0, 18), (0, 10), (0, 121), (30, 130), (12, 18),
    (0, 4), (0, 473), (0, 4), (0, 50), (0, 20), (0, 34), (0, 10), (0, 18), (0, 25),
    (11, 41), (40, 2), (0, 4), (0, 18), (0, 36), (0, 2), (0, 4), (0, 66), (48, 116),
    (0, 114), (0, 20), (0, 18), (152, 34), (1, 194), (0, 4), (0, 98), (4, 2), (6, 2),
    (2, 4), (0, 18), (198, 1010), (523, 1), (0, 11), (1, 17), (24, 97), (13, 8), (12, 8),
    (22, 241), (96, 514), (49, 8), (22, 8), (90, 88), (15, 24), (367, 24), (12, 8), (166, 8),
    (25, 168), (4, 40), (199, 8), (231, 24), (10, 8), (9, 8), (58, 56), (1, 72), (9, 8),
    (2, 8), (2, 24), (2, 8), (4, 8), (2, 8), (1, 24), (2, 8), (3, 8), (3, 24),
    (8, 40), (5, 8), (1, 8), (5, 184), (11, 24), (2, 8), (1, 24), (1, 8), (18, 8),
    (2, 24), (18, 88), (1, 8), (1, 24), (3, 24), (5, 8), (2, 24), (4, 24), (11, 24),
    (5, 24), (2, 8), (5, 24), (1, 8), (1, 24), (20, 24), (5, 88), (1, 56), (2, 8),
    (4, 8), (2, 8), (2, 88), (1, 8), (2, 8), (1, 8), (1, 8), (6, 8), (3, 8),
    (6, 8), (10, 24), (15, 8), (2, 8), (4, 8), (1, 8), (4, 40), (1, 8), (11, 24),
    (48, 40), (9, 8), (14, 8), (14, 8), (372, 24), (463, 40), (19, 24), (51, 8), (4, 8),
    (409, 34), (141, 2), (96, 498), (554, 82), (0, 8), (12, 8), (91, 18), (508, 8), (1, 8),
    (29653, 50), (1, 146), (32, 18), (80, 18), (272, 2), (3, 2), (4, 2), (23, 20), (0, 18),
    (0, 4), (4, 2), (83, 20), (50, 244), (0, 18), (26, 274), (13, 2), (38, 114), (25, 162),
    (0, 4), (0, 2), (12, 453), (3, 34), (0, 4), (5, 41), (3, 569), (0, 2), (0, 20),
    (0, 50), (0, 20), (0, 18), (0, 20), (0, 10), (31, 73), (0, 2), (1, 137), (10, 73),
    (42, 82), (0, 20), (0, 18), (0, 20), (0, 18), (12, 2), (8, 2), (0, 4), (18, 249),
    (1, 41), (6, 9), (1, 2), (1, 25), (48, 2), (1, 34), (2, 18), (5, 18), (1, 2),
    (30, 169), (0, 4), (0, 18), (0, 20), (5, 4), (0, 10), (201, 425), (8, 20), (0, 2),
    (0, 20), (0, 2), (0, 20), (1, 4), (0, 2), (11202, 358), (4, 775), (8994, 2), (737, 242),
    (16, 242), (207, 1), (158, 18), (80, 177), (513, 2), (226, 2), (149, 66), (1669, 9), (0, 34),
    (1, 18), (5, 50), (0, 57), (1, 41), (1, 457), (2, 34), (4, 10), (165, 18), (573, 50),
    (65, 66), (317, 18), (30, 66), (32, 242), (70, 162), (49, 50), (122, 4), (0, 2), (0, 4),
    (53, 226), (41, 2), (2, 18), (10, 34), (0, 4), (45, 36), (0, 50), (0, 20), (0, 18),
    (2, 3), (4, 2), (10, 3), (50, 34), (0, 569), (0, 66), (0, 4), (0, 82), (0, 10),
    (0, 2), (15, 9), (0, 20), (0, 9), (43, 2), (12, 18), (0, 4), (48, 36), (0, 130),
    (0, 4), (0, 2), (1, 19), (5, 50), (1, 4), (0, 2), (92, 36), (0, 34), (0, 20),
    (0, 50), (6, 2), (2, 2), (157, 2), (0, 36), (0, 114), (21, 18), (0, 20), (55, 18),
    (1, 2), (0, 4), (0, 2), (0, 52), (2, 20), (2, 20), (0, 2), (9, 2), (10, 20),
    (2, 98), (3, 66), (11, 153), (1, 9), (2, 9), (1, 601), (2, 2), (0, 20), (0, 82),
    (1, 2), (2, 2), (1, 34), (0, 4), (1, 20), (0, 18), (0, 10), (0, 3), (0, 2),
    (14, 18), (82, 36), (0, 114), (0, 20), (0, 34), (0, 4), (0, 2), (23, 2), (81, 2),
    (0, 20), (0, 82), (0, 4), (0, 2), (0, 20), (0, 2), (0, 4), (0, 18), (0, 4),
    (0, 18), (235, 2), (0, 20), (0, 50), (2, 52), (0, 18), (0, 4), (0, 18), (27, 18),
    (82, 36), (0, 114), (0, 20), (0, 2), (0, 4), (0, 18), (106, 2), (0, 4), (0, 2),
    (0, 20), (0, 114), (101, 2), (0, 4), (0, 2), (2, 50), (0, 4), (0, 66), (256, 36),
    (0, 130), (0, 4), (0, 18), (197, 105), (2, 9), (2, 121), (1, 25), (1, 377), (0, 2),
    (0, 68), (1, 20), (2, 34), (0, 10), (0, 3), (0, 4), (0, 3), (0, 4), (0, 2),
    (141, 36), (0, 50), (2, 18), (0, 52), (0, 2), (3, 4), (27, 9), (0, 146), (0, 633),
    (0, 82), (0, 4), (1, 50), (8, 10), (8, 9), (0, 82), (0, 20), (0, 34), (0, 633),
    (0, 83), (0, 194), (0, 4), (0, 2), (0, 10), (112, 9), (85, 2), (0, 4), (0, 34),
    (0, 4), (0, 2), (0, 4), (199, 4), (0, 98), (1, 82), (0, 4), (0, 2), (82, 338),
    (1, 4), (0, 98), (0, 4), (0, 18), (0, 4), (0, 18), (122, 82), (3, 2), (1, 18),
    (1, 98), (0, 3), (0, 2), (66, 68), (1, 18), (1, 20), (0, 2), (0, 4), (0, 2),
    (88, 2), (0, 9), (257, 18), (0, 20), (9, 18), (0, 3), (0, 4), (0, 201), (1, 537),
    (0, 20), (0, 66), (3, 20), (0, 18), (0, 10), (23, 2), (5333, 241), (0, 2), (6, 226),
    (11464, 178), (0, 36), (0, 34), (2496, 66), (59, 98), (556, 6), (3, 54), (484, 2), (1, 868),
    (7, 50), (81, 2), (11, 18), (19627, 18), (1, 49), (4700, 722), (2, 354), (480, 18), (60, 66),
    (3, 82), (0, 113), (0, 114), (2, 98), (30, 50), (148, 34), (11, 34), (8, 18), (2, 2),
    (32, 18), (1918, 866), (4, 786), (8, 2), (14, 2), (22, 66), (1, 226), (1360, 98), (1, 258),
    (2, 98), (1, 18), (1, 66), (100, 2), (160, 98), (375, 2), (61, 50), (508, 50), (254, 18),
    (243, 2), (2, 2), (7, 18), (5, 2), (474, 98), (109, 98), (1721, 8), (39, 56), (100, 184),
    (15, 24), (15, 8), (14, 24), (37, 152), (112, 24), (12, 24), (14, 8), (2, 152), (20, 872),
    (27, 232), (10, 8), (20, 8), (2, 136), (1, 56), (9, 360), (6, 3000), (2, 1784), (2, 24),
    (1, 40), (2, 1320), (2, 40), (1, 56), (0, 66), (0, 4056), (1, 1000), (11, 88), (1, 376),
    (7, 24), (2, 120), (12, 8), (2, 56), (2, 8), (4, 24), (13, 24), (2, 8), (8, 24),
    (9, 8), (5, 40), (12, 40), (8, 40), (2, 8), (1, 8), (4, 8), (6, 8), (3, 8),
    (6, 1368), (48, 1112), (5, 120), (2, 264), (3, 8), (1, 88), (2, 200), (220, 328), (27, 56),
    (56, 120), (10, 88), (40, 120), (30, 24), (12, 56), (2, 216), (9, 616), (12, 744), (1, 152),
    (1, 2952), (88, 120), (14, 2328), (256, 16344), (65535, 0), (65535, 0), (65535, 0), (65535, 0), (65535, 0),
    (65535, 0), (65535, 0), (65535, 0), (65535, 0), (65535, 0), (65535, 0), (65535, 0), (2, 497), (0, 1522),
    (0, 2033), (0, 3826), (0, 57585),
];

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::graphemes::Break;
    use icu_properties::props::{
        EastAsianWidth, ExtendedPictographic, GeneralCategory, GeneralCategoryGroup,
        GraphemeClusterBreak, IndicConjunctBreak, Script,
    };
    use icu_properties::{CodePointMapData, CodePointMapDataBorrowed, CodePointSetData};

    use super::*;

    const WIDTH: CodePointMapDataBorrowed<'static, EastAsianWidth> = CodePointMapData::new();
    const CATEGORY: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::new();
    const SCRIPT: CodePointMapDataBorrowed<'static, Script> = CodePointMapData::new();

    /// The ranges of the code points that are `wanted`.
    fn ranges(wanted: impl Fn(char) -> bool) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for c in ('\0'..=char::MAX).filter(|c| wanted(*c)).map(u32::from) {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == c => *last = c,
                _ => ranges.push((c, c)),
            }
        }
        ranges
    }

    #[track_caller]
    fn holds_table(name: &str, table: &[(u32, u32)], wanted: impl Fn(char) -> bool) {
        let expected = ranges(wanted);
        let rows = expected.chunks(5).map(|row| {
            let row: Vec<_> = row.iter().map(|(a, b)| format!("(0x{a:X}, 0x{b:X})")).collect();
            format!("    {},\n", row.join(", "))
        });
        let print: String = rows.collect();
        assert!(table == expected, "{name} is out of step, expected\n{print}");
    }

    #[test]
    fn wide_characters_are_those_of_the_standard_without_hangul() {
        holds_table("WIDE", WIDE, |c| {
            let width = WIDTH.get(c);
            SCRIPT.get(c) != Script::Hangul
                && [EastAsianWidth::Wide, EastAsianWidth::Fullwidth, EastAsianWidth::Halfwidth]
                    .contains(&width)
        });
    }

    #[test]
    fn ambiguous_characters_are_punctuation_symbols_and_numbers() {
        let groups = GeneralCategoryGroup::Punctuation
            .union(GeneralCategoryGroup::Symbol)
            .union(GeneralCategoryGroup::Number);
        holds_table("AMBIGUOUS", AMBIGUOUS, |c| {
            WIDTH.get(c) == EastAsianWidth::Ambiguous && groups.contains(CATEGORY.get(c))
        });
    }

    #[test]
    fn format_characters_are_those_of_the_standard() {
        holds_table("FORMAT", FORMAT, |c| CATEGORY.get(c) == GeneralCategory::Format);
    }

    #[test]
    fn ideographs_are_those_of_the_standard() {
        holds_table("HAN", HAN, |c| SCRIPT.get(c) == Script::Han);
    }

    /// What the rules ask of a code point, by the standard; 0 for what is reckoned.
    fn asked(c: char) -> u16 {
        use GraphemeClusterBreak as Gcb;
        let (join, conjunct) = (JOIN.get(c), CONJUNCT.get(c));
        let pictograph = CodePointSetData::new::<ExtendedPictographic>().contains(c);
        let asked = match (join, conjunct, pictograph) {
            (
                Gcb::CR | Gcb::LF | Gcb::ZWJ | Gcb::RegionalIndicator | Gcb::LV | Gcb::LVT,
                _,
                false,
            ) => Break::Other,
            (Gcb::Control, IndicConjunctBreak::None, false) => Break::Control,
            (Gcb::Extend, IndicConjunctBreak::Extend, false) => Break::Extend,
            (Gcb::Extend, IndicConjunctBreak::Linker, false) => Break::Linker,
            (Gcb::Extend, IndicConjunctBreak::None, false) => Break::Bar,
            (Gcb::Prepend, IndicConjunctBreak::None, false) => Break::Prepend,
            (Gcb::SpacingMark, IndicConjunctBreak::None, false) => Break::SpacingMark,
            (Gcb::L, IndicConjunctBreak::None, false) => Break::L,
            (Gcb::V, IndicConjunctBreak::None, false) => Break::V,
            (Gcb::T, IndicConjunctBreak::None, false) => Break::T,
            (Gcb::Other, IndicConjunctBreak::None, true) => Break::Pictograph,
            (Gcb::Other, IndicConjunctBreak::Consonant, false) => Break::Consonant,
            // A linker that is a cluster of its own has no consonant before it there.
            (Gcb::Other, IndicConjunctBreak::None | IndicConjunctBreak::Linker, false) => {
                Break::Other
            }
            other => panic!("{c:?} is {other:?}, which graphemes.rs does not know"),
        };
        asked as u16
    }

    const JOIN: CodePointMapDataBorrowed<'static, GraphemeClusterBreak> = CodePointMapData::new();
    const CONJUNCT: CodePointMapDataBorrowed<'static, IndicConjunctBreak> = CodePointMapData::new();

    #[test]
    fn breaks_are_those_of_the_standard() {
        let mut expected: Vec<(u16, u16)> = Vec::new();
        let (mut end, mut known) = (0, 0);
        for c in '\0'..=char::MAX {
            let (asked, at) = (asked(c), u32::from(c));
            let room = expected.last().is_some_and(|(_, packed)| packed >> 4 < 0xFFF);
            match expected.last_mut() {
                _ if asked == 0 => {}
                Some((_, packed)) if known == asked && end == at && room => *packed += 16,
                _ => {
                    while at - end > 0xFFFF {
                        // Nothing for so long: a range of what is nothing.
                        expected.push((0xFFFF, 0));
                        end += 0x1_0000;
                    }
                    expected.push((u16::try_from(at - end).unwrap(), asked));
                }
            }
            if asked != 0 {
                (end, known) = (at + 1, asked);
            }
        }
        let rows = expected.chunks(9).map(|row| {
            let row: Vec<_> =
                row.iter().map(|(gap, packed)| format!("({gap}, {packed})")).collect();
            format!("    {},\n", row.join(", "))
        });
        let print: String = rows.collect();
        assert!(BREAKS == expected, "BREAKS is out of step, expected\n{print}");
    }
}
