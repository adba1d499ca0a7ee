namespace SyncHealth.Dashboard.State;

/// <summary>Everything that decides what the page of one device shows. It is the address.</summary>
/// <param name="App">Null for the first app there is.</param>
/// <param name="Range">Not of this page: taken along for the others.</param>
/// <param name="Key">The opaque device key.</param>
/// <param name="Back">How far back the story goes.</param>
/// <param name="Zone">IANA name of the customer's time zone; null for UTC.</param>
public sealed record DeviceState(string? App, string? Range, string Key, TimeRange Back, string? Zone)
{
    /// <summary>From the parameters of an address; what it cannot read falls back to the default: a story of a week.</summary>
    public static DeviceState Parse(string? app, string? range, string key, string? back, string? zone) =>
        new(string.IsNullOrEmpty(app) ? null : app, range, key, TimeRange.Find(back) ?? TimeRange.Week, string.IsNullOrEmpty(zone) ? null : zone);

    /// <summary>The address below the root: <c>/devices/00daad8012345678?app=notes&amp;back=24h</c>.</summary>
    public string ToAddress() => new PageAddress($"{DevicesState.Path}/{Uri.EscapeDataString(Key)}")
        .With("range", Range)
        .With("app", App)
        .With("back", Back == TimeRange.Week ? null : Back.Code)
        .With("zone", Zone)
        .ToString();
}
