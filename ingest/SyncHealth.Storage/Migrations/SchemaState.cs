namespace SyncHealth.Storage.Migrations;

/// <summary>Whether the database can be worked with.</summary>
public enum SchemaState
{
    /// <summary>It answers, and has every migration of this program.</summary>
    Current = 1,

    /// <summary>It answers, but lacks a migration of this program.</summary>
    Outdated = 2,

    /// <summary>It does not answer, or not in time.</summary>
    Unreachable = 3,
}
