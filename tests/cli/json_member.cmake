# cmake -DFILE=document.json -DMEMBER=name -P json_member.cmake: prints that member; fails if the file is not a JSON object.
cmake_minimum_required(VERSION 3.25)
file(READ ${FILE} document)
string(JSON value GET "${document}" ${MEMBER})
execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${value}")
