using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Live;

/// <summary>What every page knows: when it was read, which apps there are, and which one it is about.</summary>
/// <param name="Now">The shared clock when the questions were asked.</param>
/// <param name="App">Null when there is none, or none of the asked name.</param>
public sealed record PageFrame(DateTimeOffset Now, IReadOnlyList<AppSummary> Apps, AppSummary? App)
{
    /// <summary>Reads it as of now.</summary>
    /// <param name="asked">Name of an app; null for the first there is.</param>
    public static async Task<PageFrame> ReadAsync(IAppReader apps, string? asked, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(apps);
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow();
        var known = await apps.ListAsync(cancellationToken);
        return new PageFrame(now, known, asked is null ? known.Count > 0 ? known[0] : null : known.FirstOrDefault(app => app.Name == asked));
    }
}
