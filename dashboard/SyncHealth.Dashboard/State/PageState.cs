namespace SyncHealth.Dashboard.State;

/// <summary>Everything that decides what a page of one app and range shows. It is the address.</summary>
/// <param name="Path">The page.</param>
/// <param name="App">Null for the first app there is.</param>
public sealed record PageState(string Path, string? App, TimeRange Range)
{
    /// <summary>From the parameters of an address; what it cannot read falls back to the default.</summary>
    public static PageState Parse(string path, string? app, string? range, TimeRange defaultRange) =>
        new(path, string.IsNullOrEmpty(app) ? null : app, TimeRange.Find(range) ?? defaultRange);

    /// <summary>The address below the root: <c>/alerts?range=24h&amp;app=notes</c>.</summary>
    public string ToAddress() => new PageAddress(Path).With("range", Range.Code).With("app", App).ToString();
}
