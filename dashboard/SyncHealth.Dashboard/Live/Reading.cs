namespace SyncHealth.Dashboard.Live;

/// <summary>What a poller knows: the last answer, and why there is no newer one.</summary>
/// <param name="Answer">The last that arrived; kept when a later read fails.</param>
/// <param name="Failure">What failed, for people; null while reads succeed.</param>
public sealed record Reading<TAnswer>(TAnswer? Answer, string? Failure)
    where TAnswer : class
{
    public static readonly Reading<TAnswer> None = new(null, null);
}
