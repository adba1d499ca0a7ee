using Xunit;

// One at a time: kills, overload and memory bounds are measured, and these suites share two cores with another project's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
