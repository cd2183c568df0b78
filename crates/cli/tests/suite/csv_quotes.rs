//! A quote that is not closed makes all that follows one cell: no reader of CSV loses lines so.

use crate::harness::chemorad;
use crate::limits::Case;

/// A file, and the words of the command that reads it.
fn refused(name: &str, text: &str, words: &[&str]) -> String {
    let folder = Case::default().folder();
    std::fs::write(folder.path().join(name), text).unwrap();
    let at = |word: &&str| {
        let is_file = word.contains('.') && !word.contains('=');
        if is_file {
            folder.path().join(word).display().to_string()
        } else {
            (*word).to_string()
        }
    };
    let words: Vec<String> = words.iter().map(at).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let answer = chemorad(&words);
    assert!(
        answer.exit != Some(2) || answer.stdout.is_empty(),
        "{words:?}"
    );
    let said = String::from_utf8(answer.stderr).unwrap();
    format!("{} {said}", answer.exit.unwrap())
}

const DVH: [&str; 4] = ["dvh", "rs.dcm", "rd.dcm", "rp.dcm"];

#[test]
fn limits_are_not_swallowed() {
    let words = [&DVH[..], &["--limits", "open.csv", "--solid", "slab"]].concat();
    let with = |note: &str| {
        format!(
            "structure,metric,limit,note\nbladder,mean,<= 12 Gy,{note}\nbowel bag,max,<= 5 Gy,\n"
        )
    };
    // read whole, the second limit is broken
    for note in ["", "coverage", "\"of all, coverage\"", "5\" thick"] {
        let said = refused("open.csv", &with(note), &words);
        assert!(said.starts_with('1'), "{note}: {said}");
    }
    for note in ["\"coverage", "\"a note\nof two lines\""] {
        let said = refused("open.csv", &with(note), &words);
        assert!(said.starts_with('2'), "{note}: {said}");
        assert!(said.contains("line 2: a cell"), "{said}");
    }
}

#[test]
fn a_planned_phase_is_not_swallowed() {
    let words = ["check", "open.csv", "--protocol", "NCT06949098/adverse"];
    let with = |total: &str| {
        format!(
            "course,plan,phase,fractions,dose_per_fraction,total\nc1,a,pelvis,25,1.8 Gy,45 Gy\nc1,b,boost,3,1.8 Gy,{total}\nc1,c,extra,5,2 Gy,10 Gy\n"
        )
    };
    for total in ["5.4 Gy", "\"5.4 Gy\""] {
        let said = refused("open.csv", &with(total), &words);
        assert!(!said.starts_with('0') && !said.contains("a cell"), "{said}");
    }
    let said = refused("open.csv", &with("\"5.4 Gy"), &words);
    assert!(said.starts_with('2'), "{said}");
    assert!(said.contains("line 3: a cell"), "{said}");
}

#[test]
fn names_of_organs_and_histograms_are_not_swallowed() {
    let words = [&DVH[..], &["--limits", "limits.csv", "--organs", "o.csv"]].concat();
    let said = refused(
        "o.csv",
        "name,organ\nBladder,\"bladder\nPTV,bladder\n",
        &words,
    );
    assert!(said.starts_with('2'), "{said}");
    assert!(said.contains("o.csv: line 2: a cell"), "{said}");
    let said = refused("o.csv", "name,organ\n\"Bladder\",bladder\n", &words);
    assert!(!said.starts_with('2'), "{said}");

    let words = [
        "ntcp",
        "h.csv",
        "--set",
        "rectum-late-grade-2-quantec",
        "--fractions",
        "25",
        "--ab",
        "3Gy",
    ];
    let with =
        |last: &str| format!("dose_gy,cumulative_percent\n0,100\n20,50\n{last}\n50,10\n60,0\n");
    let said = refused("h.csv", &with("40,\"20"), &words);
    assert!(said.starts_with('2'), "{said}");
    assert!(said.contains("line 4: a cell"), "{said}");
    let said = refused("h.csv", &with("40,\"20\""), &words);
    assert!(said.starts_with('0'), "{said}");
}
