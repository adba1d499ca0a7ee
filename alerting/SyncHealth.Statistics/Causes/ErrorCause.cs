namespace SyncHealth.Statistics.Causes;

/// <summary>An error code that explains a change beyond doubt.</summary>
/// <param name="Code">The code with its counts.</param>
/// <param name="Explained">Its part of the whole change, 1 for all of it.</param>
/// <param name="P">The p-value of "chance", valid at every look.</param>
public sealed record ErrorCause(ErrorCodeCounts Code, double Explained, double P);
