namespace SyncHealth.Alerting;

/// <summary>The lower-case words under which enum members stand in files, tables and messages.</summary>
public static class Wording
{
    /// <summary>The word of a member; members of one word only.</summary>
    public static string Of<T>(T member)
        where T : struct, Enum => member.ToString().ToLowerInvariant();
}
