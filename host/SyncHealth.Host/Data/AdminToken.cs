using System.Security.Cryptography;

namespace SyncHealth.Host.Data;

/// <summary>The token that commands on the same machine read: made at the first start, readable by its owner only.</summary>
internal static class AdminToken
{
    private const int Bytes = 32;

    public static string Ensure(DataFolder folder)
    {
        var path = Path.Combine(folder.Root, "admin.token");
        if (!File.Exists(path))
            SecretFile.Write(path, RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true));
        return File.ReadAllText(path).Trim();
    }
}
