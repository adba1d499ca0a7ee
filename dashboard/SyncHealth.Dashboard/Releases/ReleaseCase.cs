using SyncHealth.Dashboard.Health;
using SyncHealth.Dashboard.Panels;

namespace SyncHealth.Dashboard.Releases;

/// <summary>The release that the page is about: what to do, and the statistics behind it.</summary>
/// <param name="Sentence">What to do, and why.</param>
/// <param name="Message">The sentence for a chat, without the page's address.</param>
/// <param name="Address">The page about this release and baseline: whoever opens it sees the same.</param>
/// <param name="Metrics">Each metric over all segments.</param>
/// <param name="Segments">Each segment, the worst first; those with too few devices last.</param>
/// <param name="Basis">On what it was judged, a sentence each.</param>
/// <param name="Against">What else it can be held against.</param>
public sealed record ReleaseCase(
    string Name, string Baseline, Band Band, string Sentence, string Message, string Address, IReadOnlyList<MetricLine> Metrics, IReadOnlyList<SegmentLine> Segments, IReadOnlyList<string> Basis,
    IReadOnlyList<ChoiceOption> Against);
