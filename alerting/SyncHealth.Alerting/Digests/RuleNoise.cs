namespace SyncHealth.Alerting.Digests;

/// <summary>How a rule's alerts went during a period: the noise report.</summary>
/// <param name="Incidents">Incidents that began in it.</param>
/// <param name="Open">Of all its incidents, those still open at the end.</param>
/// <param name="Brief">Those over within five minutes.</param>
/// <param name="Acknowledged">Those that somebody was on.</param>
/// <param name="Duplicates">Those that began within half an hour of the end of the one before, of the same alert.</param>
/// <param name="TypicalBriefSeconds">Length that nine tenths of the brief ones did not pass; null without any.</param>
public sealed record RuleNoise(string Rule, int Incidents, int Open, int Brief, int Acknowledged, int Duplicates, double? TypicalBriefSeconds)
{
    /// <summary>Incidents from which on a rule can be called noisy.</summary>
    private const int Enough = 4;

    /// <summary>What would have kept it quiet, in words; null for a rule that is not noisy: less than half of its incidents were brief or came again.</summary>
    public string? Advice
    {
        get
        {
            if (Incidents < Enough || 2 * Math.Max(Brief, Duplicates) < Incidents)
                return null;
            if (Brief >= Duplicates && TypicalBriefSeconds is { } seconds)
                return $"{Brief} of {Incidents} were over within 5 min: a 'for' that is {Math.Max(1, (int)Math.Ceiling(seconds / 60))} min longer would have kept most of them quiet";
            return $"{Duplicates} of {Incidents} came again within half an hour: 'keepFiringFor: 30m' or a 'recover' further from the threshold would have made them one";
        }
    }
}
