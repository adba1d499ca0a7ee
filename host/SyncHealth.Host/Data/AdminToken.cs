using System.Security.Cryptography;

namespace SyncHealth.Host.Data;

/// <summary>The token that commands on the same machine read: made at the first start, readable by its owner only.</summary>
internal static class AdminToken
{
    private const int Bytes = 32;
    private const string FileName = "admin.token";

    public static string Ensure(DataFolder folder)
    {
        var path = Path.Combine(folder.Root, FileName);
        if (!File.Exists(path))
            SecretFile.Write(path, RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true));
        return File.ReadAllText(path).Trim();
    }

    /// <summary>The token in a data folder; null when there is none.</summary>
    /// <exception cref="StartupException">It is there and cannot be read.</exception>
    public static string? Find(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StartupException(ExitCodes.Usage, $"{path} cannot be read ({exception.Message.TrimEnd('.')}). Run the command as the user that runs SyncHealth, or pass --token TOKEN.");
        }
    }
}
