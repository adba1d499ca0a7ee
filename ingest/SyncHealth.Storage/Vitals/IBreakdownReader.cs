namespace SyncHealth.Storage.Vitals;

/// <summary>Answers what is behind a failure rate and a conflict rate: which errors, and how conflicts went.</summary>
public interface IBreakdownReader
{
    /// <summary>Errors per group and point; null for an unknown app. Parts of the question that are not about attempts are ignored.</summary>
    /// <exception cref="VitalsQueryException">The question cannot be answered as asked; the message names what is allowed.</exception>
    Task<ErrorAnswer?> ReadErrorsAsync(VitalsQuery query, CancellationToken cancellationToken);

    /// <summary>The same of several questions about one app, as of one moment, in one snapshot; null for an unknown app.</summary>
    /// <exception cref="VitalsQueryException">One cannot be answered as asked; the message names what is allowed.</exception>
    Task<IReadOnlyList<ErrorAnswer>?> ReadAllErrorsAsync(IReadOnlyList<VitalsQuery> queries, CancellationToken cancellationToken);

    /// <summary>Conflicts per group and point; null for an unknown app. Parts of the question that are not about attempts are ignored.</summary>
    /// <exception cref="VitalsQueryException">The question cannot be answered as asked; the message names what is allowed.</exception>
    Task<ConflictAnswer?> ReadConflictsAsync(VitalsQuery query, CancellationToken cancellationToken);
}
