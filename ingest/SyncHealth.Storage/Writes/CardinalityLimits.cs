namespace SyncHealth.Storage.Writes;

/// <summary>
/// How many names of a kind one app may use. Names beyond are counted as <c>__other__</c>, so totals stay exact: a build that sends
/// a random version costs itself the breakdown, and nobody else anything.
/// </summary>
public static class CardinalityLimits
{
    /// <summary>A release a day for half a year; rollup rows multiply by it.</summary>
    public const int MaxVersions = 200;

    /// <summary>Production, staging, and a few branches.</summary>
    public const int MaxEnvironments = 20;

    /// <summary>There are about ten operating systems.</summary>
    public const int MaxSystems = 20;

    /// <summary>Versions of all systems together: names like <c>14</c> are shared between them.</summary>
    public const int MaxSystemVersions = 200;

    /// <summary>Android alone has more models in use than a chart can show; the long tail is one row.</summary>
    public const int MaxDeviceModels = 1_000;

    /// <summary>Different tag names; one device carries at most 16.</summary>
    public const int MaxTagKeys = 50;

    /// <summary>Values of one tag: a tag with more is an id, not a dimension.</summary>
    public const int MaxTagValues = 1_000;

    /// <summary>Combinations of model and tags: every question by a tag reads all of them.</summary>
    public const int MaxProfiles = 20_000;

    /// <summary>Error codes of all kinds; some hosts send whole messages.</summary>
    public const int MaxErrorCodes = 200;

    /// <summary>Entity types that a conflict can be about.</summary>
    public const int MaxConflictEntities = 100;
}
