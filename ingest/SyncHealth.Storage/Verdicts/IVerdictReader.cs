using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Verdicts;

/// <summary>Judges releases on what their devices did.</summary>
public interface IVerdictReader
{
    /// <summary>The verdict on everything committed by now; null when the app is unknown.</summary>
    /// <exception cref="VitalsQueryException">A filter is not of <see cref="Dimensions.Core"/>, or the release is its own baseline.</exception>
    Task<VerdictReading?> ReadAsync(VerdictQuestion question, CancellationToken cancellationToken);
}
