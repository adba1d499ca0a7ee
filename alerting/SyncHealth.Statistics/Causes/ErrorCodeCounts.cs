namespace SyncHealth.Statistics.Causes;

/// <summary>How often attempts failed with one code.</summary>
/// <param name="Code">The code, such as "http_503".</param>
/// <param name="Before">Failures with it in the period compared with.</param>
/// <param name="Now">Failures with it in the period in question.</param>
public sealed record ErrorCodeCounts(string Code, long Before, long Now);
