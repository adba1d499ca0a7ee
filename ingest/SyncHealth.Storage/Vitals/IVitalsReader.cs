namespace SyncHealth.Storage.Vitals;

/// <summary>Answers vital-sign questions. Dashboard, API, command line and Grafana all read the SQL behind it.</summary>
public interface IVitalsReader
{
    /// <summary>The vital signs, or null when no such app is known.</summary>
    /// <exception cref="VitalsQueryException">An unknown dimension or time zone, an empty range, or a step that is no whole minutes; the message names what is allowed.</exception>
    Task<VitalsAnswer?> ReadAsync(VitalsQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// The answers to several questions about one app, in their order and all of one moment of the database; null when no such app is known. As
    /// <see cref="ReadAsync"/> for each, in a few round trips for all: a page asks a dozen.
    /// </summary>
    /// <exception cref="ArgumentException">The questions are about more than one app, or as of more than one moment.</exception>
    async Task<IReadOnlyList<VitalsAnswer>?> ReadAllAsync(IReadOnlyList<VitalsQuery> queries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var answers = new List<VitalsAnswer>();
        foreach (var query in queries)
            if (await ReadAsync(query, cancellationToken) is { } answer)
                answers.Add(answer);
            else
                return null;
        return answers;
    }

    /// <summary>Bucket counts of one metric over the same rows, or null when no such app is known.</summary>
    Task<DistributionAnswer?> ReadDistributionAsync(DistributionMetric metric, VitalsQuery query, CancellationToken cancellationToken);
}
