using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Wording;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Setup;

/// <summary>Whether an app's first event has arrived.</summary>
/// <param name="LastReceivedAt">When one of its devices was heard last, as far as it is counted; null before.</param>
public sealed record FirstRunView(PageFrame Frame, DateTimeOffset? LastReceivedAt) : IPageView
{
    /// <summary>Names of a kind that are said: it is a first glance.</summary>
    private const int MaxNames = 3;

    /// <summary>Versions and systems that were heard of, for people: <c>1.0.0 on Android</c>.</summary>
    public string Heard => Frame.App is { } app ? string.Join(" on ", new List<string> { Names(app, "app_version"), Names(app, "os") }.Where(names => names.Length > 0)) : "";

    private static string Names(AppSummary app, string dimension) =>
        string.Join(", ", app.Dimensions.GetValueOrDefault(dimension, []).Where(value => value.Length > 0).Take(MaxNames).Select(SegmentWords.Value));
}
