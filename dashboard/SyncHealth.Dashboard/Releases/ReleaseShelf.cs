using SyncHealth.Dashboard.Live;
using SyncHealth.Storage.Verdicts;

namespace SyncHealth.Dashboard.Releases;

/// <summary>Keeps what is dear of releases a while: who runs which, and verdicts, of which a page asks for many and each takes a second in a large fleet.</summary>
/// <param name="pace">Measures what a read costs a real database: the wall clock, not the shared one.</param>
public sealed class ReleaseShelf(IInstallBaseReader installs, IVerdictReader verdicts, TimeProvider pace)
{
    private readonly Shelf<(string App, ReleaseKind Kind), InstallBase?> _installs = new(pace);
    private readonly Shelf<VerdictQuestion, VerdictReading?> _verdicts = new(pace);

    /// <summary>The releases of an app; null where nothing is known of it.</summary>
    public Task<InstallBase?> ReadInstallsAsync(string app, ReleaseKind kind, DateTimeOffset now, CancellationToken cancellationToken) =>
        _installs.ReadAsync((app, kind), token => installs.ReadAsync(app, kind, now, [], token), cancellationToken);

    /// <summary>The verdict on one of them.</summary>
    public Task<VerdictReading?> ReadVerdictAsync(VerdictQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return _verdicts.ReadAsync(question with { Now = default }, token => verdicts.ReadAsync(question, token), cancellationToken);
    }
}
