package dev.tandem.database.mapper;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.tandem.database.entity.ApiKeyEntity;
import dev.tandem.domain.access.ApiKey;
import dev.tandem.domain.access.ApiKey.Secrets;
import dev.tandem.domain.access.Grant;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.access.SecretHash;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Maps rows of {@code api_key} to keys, and back. */
@Singleton
public class ApiKeyMapper {

    public ApiKey toDomain(ApiKeyEntity row) {
        SecretHash former = row.formerHash == null ? null : SecretHash.parse(row.formerHash);
        return new ApiKey(
                row.id,
                row.name,
                grants(row.grants),
                new Secrets(SecretHash.parse(row.secretHash), former, row.formerUntil),
                row.createdBy,
                row.createdAt,
                row.expiresAt,
                row.lastUsedAt);
    }

    public ApiKeyEntity toEntity(ApiKey key) {
        ApiKeyEntity row = new ApiKeyEntity();
        row.id = key.id();
        row.name = key.name();
        row.grants = key.grants().all().stream()
                .collect(groupingBy(grant -> grant.right().name(), mapping(Grant::collections, toList())));
        row.secretHash = key.secrets().present().hex();
        row.formerHash =
                key.secrets().former() == null ? null : key.secrets().former().hex();
        row.formerUntil = key.secrets().formerUntil();
        row.createdBy = key.createdBy();
        row.createdAt = key.createdAt();
        row.expiresAt = key.expiresAt();
        row.lastUsedAt = key.lastUsedAt();
        return row;
    }

    private static Grants grants(Map<String, List<String>> column) {
        List<Grant> grants = new ArrayList<>();
        for (Right right : Right.values()) {
            column.getOrDefault(right.name(), List.of())
                    .forEach(collections -> grants.add(new Grant(collections, right)));
        }
        return new Grants(grants);
    }
}
