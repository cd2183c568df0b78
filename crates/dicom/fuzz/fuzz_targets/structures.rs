//! Reading of structure sets, their regions and their contours from any bytes, and the filling of a dose grid by
//! what was read.
#![no_main]

use chemorad_dicom::{DicomFile, Limits};
use chemorad_dosimetry::{DoseGrid, DoseInStructure, SolidConvention, Structure};
use libfuzzer_sys::fuzz_target;

/// A grid of 8 x 8 x 8 voxels of 5 mm about the origin.
fn grid() -> Option<DoseGrid> {
    let offsets = (0..8).map(|at| 5.0 * f64::from(at)).collect();
    let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let doses = (0..512).map(f64::from).collect();
    DoseGrid::new([-17.5; 3], axes, [5.0; 2], offsets, 8, doses).ok()
}

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        file: 1 << 20,
        inflated: 1 << 22,
    };
    let Ok(file) = DicomFile::from_bytes(bytes, limits) else {
        return;
    };
    let _ = file.structure_set().map(|set| format!("{set:?}"));
    let Ok(regions) = file.contours() else {
        return;
    };
    let grid = grid();
    for region in regions {
        let solid = Structure::new(&region.closed, SolidConvention::Slab, Some(3.0));
        if let (Ok((solid, _)), Some(grid)) = (solid, &grid) {
            let _ = DoseInStructure::new(&solid, grid).map(|inside| inside.mean());
        }
    }
});
