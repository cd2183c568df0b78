//! The one error that every room's error turns into.

/// Any error, in a box.
pub type BoxedError = alloc::boxed::Box<dyn core::error::Error + Send + Sync + 'static>;

/// The one error of a crate, which each of its rooms' errors turns into.
///
/// ```
/// mod doses {
///     use chemorad::number::DecimalError;
///     chemorad::one_error!(DecimalError);
/// }
///
/// fn read(text: &str) -> Result<chemorad::number::Decimal, doses::Error> {
///     Ok(text.parse()?)
/// }
/// assert!(read("1,8").unwrap_err().is::<chemorad::number::DecimalError>());
/// ```
#[macro_export]
macro_rules! one_error {
    ($($error:ty),+ $(,)?) => {
        /// What any call of this crate can refuse with, for a program that treats all refusals alike.
        ///
        /// Every room has its own error with what was given, what is allowed and what to do; each
        /// turns into this one with `?`, keeps its words, and can be asked for again.
        pub struct Error($crate::BoxedError);

        impl Error {
            /// Whether it is this error of a room.
            #[must_use]
            pub fn is<E: ::core::error::Error + 'static>(&self) -> bool {
                self.0.is::<E>()
            }

            /// The error of a room, where it is this one.
            #[must_use]
            pub fn downcast_ref<E: ::core::error::Error + 'static>(&self) -> Option<&E> {
                self.0.downcast_ref()
            }
        }

        impl ::core::fmt::Display for Error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::core::fmt::Debug for Error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl ::core::error::Error for Error {
            fn source(&self) -> Option<&(dyn ::core::error::Error + 'static)> {
                self.0.source()
            }
        }

        $(
            impl From<$error> for Error {
                fn from(error: $error) -> Self {
                    Self(error.into())
                }
            }
        )+
    };
}

one_error!(
    crate::capecitabine::CapecitabineError,
    crate::gap::GapError,
    crate::report::Faults<crate::capecitabine::CapecitabineError>,
    crate::report::Faults<crate::gap::GapError>,
    crate::number::DecimalError,
    crate::patient::PatientError,
    crate::quantity::EquivalentError,
    crate::quantity::QuantityError,
    crate::radiobiology::EarlierCourseError,
    crate::radiobiology::FinalSlopeError,
    crate::radiobiology::IntervalError,
    crate::radiobiology::ModelError,
    crate::radiobiology::ParametersError,
    crate::radiobiology::SolveError,
    crate::radiobiology::UncertaintyError,
    crate::radiobiology::VoxelError,
    crate::radiotherapy::CalendarError,
    crate::radiotherapy::CourseError,
    crate::radiotherapy::DailyPatternError,
    crate::radiotherapy::DateError,
    crate::radiotherapy::FractionationError,
    crate::radiotherapy::FractionationTextError,
    crate::radiotherapy::HolidayError,
    crate::radiotherapy::PhaseError,
);
