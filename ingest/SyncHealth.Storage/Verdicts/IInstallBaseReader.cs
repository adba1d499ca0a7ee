using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Verdicts;

/// <summary>Reads which releases devices run.</summary>
public interface IInstallBaseReader
{
    /// <summary>Every release of the app by now; null when the app is unknown. Without an environment among the filters: production.</summary>
    /// <exception cref="VitalsQueryException">A filter is not of <see cref="Dimensions.Core"/>.</exception>
    Task<InstallBase?> ReadAsync(string app, ReleaseKind kind, DateTimeOffset now, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken);
}
