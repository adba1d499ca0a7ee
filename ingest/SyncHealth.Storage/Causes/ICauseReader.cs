namespace SyncHealth.Storage.Causes;

/// <summary>Finds what explains a drop of the success rate.</summary>
public interface ICauseReader
{
    /// <summary>The segments and errors that explain it.</summary>
    /// <returns>Null for an unknown app.</returns>
    /// <exception cref="Vitals.VitalsQueryException">A dimension is unknown or a stretch is empty.</exception>
    Task<CauseAnswer?> ReadAsync(CauseQuery query, CancellationToken cancellationToken);
}
